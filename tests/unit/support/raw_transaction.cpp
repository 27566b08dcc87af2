// SPDX-License-Identifier: Apache-2.0
#include "support/raw_transaction.hpp"

#include <algorithm>
#include <utility>

#include "crypto/keccak.hpp"
#include "crypto/secp256k1.hpp"

namespace peaqos::test {
namespace {

using evm::U256;

// Takes one item from the front of the bytes.
std::optional<RlpItem> takeItem(BytesView& bytes);

std::optional<std::size_t> takeLength(BytesView& bytes, std::size_t digits) {
  if (bytes.size() < digits || digits > 4) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < digits; ++i) length = length << 8U | bytes[i];
  bytes = bytes.subspan(digits);
  return length;
}

std::optional<RlpItem> takeItem(BytesView& bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::uint8_t first = bytes[0];
  bytes = bytes.subspan(1);
  if (first < 0x80) return RlpItem{.bytes = {first}, .items = {}};

  const bool isList = first >= 0xC0;
  const std::uint8_t base = isList ? 0xC0 : 0x80;
  std::optional<std::size_t> length = first - base;
  if (*length > 55) length = takeLength(bytes, *length - 55);
  if (!length || bytes.size() < *length) return std::nullopt;
  BytesView payload = bytes.first(*length);
  bytes = bytes.subspan(*length);

  RlpItem item{.isList = isList, .bytes = {}, .items = {}};
  if (!isList) {
    item.bytes.assign(payload.begin(), payload.end());
    return item;
  }
  while (!payload.empty()) {
    auto child = takeItem(payload);
    if (!child) return std::nullopt;
    item.items.push_back(std::move(*child));
  }
  return item;
}

std::optional<std::uint64_t> number(const RlpItem& item) {
  const auto value = U256::fromBigEndian(item.bytes);
  return value ? value->toUint64() : std::nullopt;
}

U256 large(const RlpItem& item) { return U256::fromBigEndian(item.bytes).value_or(U256()); }

}  // namespace

std::optional<RlpItem> decodeRlp(BytesView bytes) {
  auto item = takeItem(bytes);
  return bytes.empty() ? std::move(item) : std::nullopt;
}

std::optional<RawTransaction> decodeTransaction(BytesView raw) {
  constexpr std::size_t kFields = 12;
  if (raw.empty() || raw[0] != 0x02) return std::nullopt;
  const auto list = decodeRlp(raw.subspan(1));
  if (!list || list->items.size() != kFields) return std::nullopt;
  const auto& field = list->items;
  const auto chainId = number(field[0]), nonce = number(field[1]), gas = number(field[4]), parity = number(field[9]);
  if (!chainId || !nonce || !gas || !parity || *parity > 1 || field[5].bytes.size() != 20) return std::nullopt;

  RawTransaction out{.content = {.chainId = *chainId,
                                 .nonce = *nonce,
                                 .maxPriorityFeePerGas = large(field[2]),
                                 .maxFeePerGas = large(field[3]),
                                 .gasLimit = *gas,
                                 .to = {},
                                 .value = large(field[6]),
                                 .data = field[7].bytes},
                     .sender = {},
                     .raw = Bytes(raw.begin(), raw.end())};
  std::ranges::copy(field[5].bytes, out.content.to.bytes.begin());
  const crypto::Signature signature{
      .r = large(field[10]).toWord(), .s = large(field[11]).toWord(), .yParity = static_cast<std::uint8_t>(*parity)};
  // Encoding it anew is the check that every field was read whole and written in the shortest form.
  if (evm::attachSignature(out.content, signature).raw != out.raw) return std::nullopt;
  const auto key = crypto::recover(evm::signingHash(out.content), signature);
  if (!key) return std::nullopt;
  out.sender = evm::addressOf(*key);
  out.hash = crypto::keccak256(raw);
  return out;
}

}  // namespace peaqos::test
