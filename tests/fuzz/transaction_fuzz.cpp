// Transactions of any content: a decoder of its own reads back what is signed (RLP and EIP-1559).
// SPDX-License-Identifier: Apache-2.0
#include "evm/transaction.hpp"

#include <algorithm>

#include "fuzz.hpp"
#include "support/raw_transaction.hpp"

using namespace peaqos;

namespace {

// Takes the input apart, from its front.
class Taker {
 public:
  explicit Taker(BytesView rest) : rest_(rest) {}
  BytesView take(std::size_t most) {
    const BytesView taken = rest_.first(std::min(most, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  // A number of as many bytes as the next one says.
  evm::U256 number(std::size_t most) {
    const BytesView size = take(1);
    return *evm::U256::fromBigEndian(take(size.empty() ? 0 : size[0] % (most + 1)));
  }
  std::uint64_t number64() { return *number(8).toUint64(); }
  Bytes rest() const { return {rest_.begin(), rest_.end()}; }

 private:
  BytesView rest_;
};

void readBack(const evm::Transaction& transaction) {
  const auto key = crypto::PrivateKey::fromBytes(Bytes(32, 1));
  const auto raw = evm::attachSignature(transaction, crypto::sign(*key, evm::signingHash(transaction)));
  const auto decoded = test::decodeTransaction(raw.raw);
  fuzz::require(decoded.has_value(), "what is signed is a transaction");
  const evm::Transaction& t = decoded->content;
  fuzz::require(t.chainId == transaction.chainId && t.nonce == transaction.nonce &&
                    t.gasLimit == transaction.gasLimit && t.maxFeePerGas == transaction.maxFeePerGas &&
                    t.maxPriorityFeePerGas == transaction.maxPriorityFeePerGas && t.to == transaction.to &&
                    t.value == transaction.value && t.data == transaction.data,
                "its fields are read back");
  fuzz::require(decoded->hash == raw.hash && decoded->sender == evm::addressOf(crypto::publicKeyOf(*key)),
                "its hash and its sender are read back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(test::decodeTransaction(BytesView(data, size)));
  Taker input{BytesView(data, size)};
  evm::Transaction transaction;
  transaction.chainId = input.number64();
  transaction.nonce = input.number64();
  transaction.maxPriorityFeePerGas = input.number(32);
  transaction.maxFeePerGas = input.number(32);
  transaction.gasLimit = input.number64();
  std::ranges::copy(input.take(20), transaction.to.bytes.begin());
  transaction.value = input.number(32);
  transaction.data = input.rest();
  readBack(transaction);
  return 0;
}
