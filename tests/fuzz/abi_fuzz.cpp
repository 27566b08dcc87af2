// Encoded arguments from a node: reading stays within them, and what is encoded is read back.
// SPDX-License-Identifier: Apache-2.0
#include "evm/abi.hpp"

#include <algorithm>

#include "fuzz.hpp"

using namespace peaqos;

namespace {

void read(const evm::AbiReader& reader, BytesView within, int depth) {
  for (std::size_t index = 0; index < 8; ++index) {
    const auto number = reader.uint256(index);
    const auto address = reader.address(index);
    if (address) fuzz::require(evm::U256::fromBigEndian(address->bytes) == number, "an address is its word");
    if (const auto bytes = reader.dynamicBytes(index)) {
      fuzz::require(bytes->empty() || (bytes->data() >= within.data() &&
                                       bytes->data() + bytes->size() <= within.data() + within.size()),
                    "bytes that are read lie within those that were given");
    }
    if (depth == 0) continue;
    if (const auto tuple = reader.tuple(index)) read(*tuple, within, depth - 1);
    if (const auto array = reader.array(index)) {
      fuzz::require(array->size <= within.size() / 32, "a list is not longer than what holds it");
      read(array->items, within, depth - 1);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView bytes(data, size);
  read(evm::AbiReader(bytes), bytes, 2);
  const Bytes whole(data, data + size);
  const auto number = *evm::U256::fromBigEndian(bytes.first(std::min<std::size_t>(size, 32)));
  const Bytes encoded = evm::encodeArguments({number, whole, std::vector<evm::AbiValue>{number, number}, whole});
  fuzz::require(encoded.size() % 32 == 0, "arguments are whole words");
  const evm::AbiReader reader(encoded);
  fuzz::require(reader.uint256(0) == number, "a number is read back");
  for (const std::size_t index : {1U, 3U}) {
    const auto again = reader.dynamicBytes(index);
    fuzz::require(again && std::ranges::equal(*again, whole), "bytes are read back");
  }
  fuzz::require(reader.array(2)->size == 2 && reader.array(2)->items.uint256(1) == number, "a list is read back");
  return 0;
}
