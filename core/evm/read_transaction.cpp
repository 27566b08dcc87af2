// SPDX-License-Identifier: Apache-2.0
#include "evm/read_transaction.hpp"

#include <algorithm>
#include <vector>

#include "crypto/keccak.hpp"
#include "evm/rlp.hpp"

namespace peaqos::evm {
namespace {

constexpr std::uint8_t kType = 0x02;  // EIP-2718 type of EIP-1559
constexpr std::uint8_t kShortText = 0x80, kShortList = 0xC0;
constexpr std::size_t kShort = 55;  // longest payload whose length fits into the prefix
constexpr std::size_t kUnsignedFields = 9, kSignedFields = 12;
constexpr std::size_t kAccessList = 8;

// The payload of the item at the front of the bytes, which is taken from them. Shapes that are not the shortest pass
// here: whoever reads a transaction writes it anew and compares.
std::optional<BytesView> takePayload(BytesView& bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::uint8_t first = bytes[0];
  if (first < kShortText) {
    const BytesView single = bytes.first(1);
    bytes = bytes.subspan(1);
    return single;
  }
  bytes = bytes.subspan(1);
  std::size_t size = first - (first >= kShortList ? kShortList : kShortText);
  if (size > kShort) {
    const std::size_t digits = size - kShort;
    if (bytes.size() < digits) return std::nullopt;
    const auto number = U256::fromBigEndian(bytes.first(digits))->toUint64();
    if (!number || *number > bytes.size()) return std::nullopt;
    size = static_cast<std::size_t>(*number);
    bytes = bytes.subspan(digits);
  }
  if (size > bytes.size()) return std::nullopt;
  const BytesView payload = bytes.first(size);
  bytes = bytes.subspan(size);
  return payload;
}

// The fields of a typed transaction; none for anything else.
std::vector<BytesView> fieldsOf(BytesView bytes) {
  if (bytes.empty() || bytes[0] != kType) return {};
  bytes = bytes.subspan(1);
  auto list = takePayload(bytes);
  std::vector<BytesView> fields;
  while (list && !list->empty() && fields.size() <= kSignedFields) {
    const auto field = takePayload(*list);
    if (!field) return {};
    fields.push_back(*field);
  }
  return fields;
}

std::optional<std::uint64_t> numberOf(BytesView field) {
  const auto number = field.size() > 8 ? std::nullopt : U256::fromBigEndian(field);
  return number ? number->toUint64() : std::nullopt;
}

std::optional<Transaction> transactionOf(const std::vector<BytesView>& fields) {
  const auto chainId = numberOf(fields[0]), nonce = numberOf(fields[1]), gas = numberOf(fields[4]);
  const auto tip = U256::fromBigEndian(fields[2]), fee = U256::fromBigEndian(fields[3]);
  const auto value = U256::fromBigEndian(fields[6]);
  Transaction out;
  if (!chainId || !nonce || !gas || !tip || !fee || !value || fields[5].size() != out.to.bytes.size()) {
    return std::nullopt;
  }
  if (!fields[kAccessList].empty()) return std::nullopt;
  out.chainId = *chainId;
  out.nonce = *nonce;
  out.maxPriorityFeePerGas = *tip;
  out.maxFeePerGas = *fee;
  out.gasLimit = *gas;
  std::ranges::copy(fields[5], out.to.bytes.begin());
  out.value = *value;
  out.data.assign(fields[7].begin(), fields[7].end());
  return out;
}

}  // namespace

std::optional<Transaction> readUnsigned(BytesView payload) {
  const auto fields = fieldsOf(payload);
  auto transaction = fields.size() == kUnsignedFields ? transactionOf(fields) : std::nullopt;
  if (!transaction || !std::ranges::equal(unsignedPayload(*transaction), payload)) return std::nullopt;
  return transaction;
}

std::optional<ReadSigned> readSigned(BytesView raw) {
  const auto fields = fieldsOf(raw);
  auto transaction = fields.size() == kSignedFields ? transactionOf(fields) : std::nullopt;
  if (!transaction) return std::nullopt;
  const auto parity = numberOf(fields[9]);
  const auto r = U256::fromBigEndian(fields[10]), s = U256::fromBigEndian(fields[11]);
  if (!parity || *parity > 1 || !r || !s) return std::nullopt;
  const crypto::Signature signature{.r = r->toWord(), .s = s->toWord(), .yParity = static_cast<std::uint8_t>(*parity)};
  const SignedTransaction again = attachSignature(*transaction, signature);
  if (!std::ranges::equal(again.raw, raw)) return std::nullopt;
  const auto key = crypto::recover(signingHash(*transaction), signature);
  if (!key) return std::nullopt;
  return ReadSigned{
      .transaction = std::move(*transaction), .sender = addressOf(*key), .hash = again.hash, .signature = signature};
}

}  // namespace peaqos::evm
