// SPDX-License-Identifier: Apache-2.0
#include "evm/rlp.hpp"

namespace peaqos::evm {
namespace {

constexpr std::size_t kShortPayload = 55;  // longest payload whose length fits into the prefix

// The prefix of a payload: `base` is 0x80 for bytes, 0xc0 for a list.
Bytes prefix(std::uint8_t base, std::size_t size) {
  if (size <= kShortPayload) return {static_cast<std::uint8_t>(base + size)};
  const Bytes length = U256(size).toMinimalBytes();
  Bytes out{static_cast<std::uint8_t>(base + kShortPayload + length.size())};
  append(out, length);
  return out;
}

}  // namespace

Bytes rlpBytes(BytesView bytes) {
  if (bytes.size() == 1 && bytes[0] < 0x80) return {bytes[0]};
  Bytes out = prefix(0x80, bytes.size());
  append(out, bytes);
  return out;
}

Bytes rlpInteger(const U256& value) { return rlpBytes(value.toMinimalBytes()); }

Bytes rlpList(std::span<const Bytes> items) {
  std::size_t size = 0;
  for (const Bytes& item : items) size += item.size();
  Bytes out = prefix(0xC0, size);
  out.reserve(out.size() + size);
  for (const Bytes& item : items) append(out, item);
  return out;
}

}  // namespace peaqos::evm
