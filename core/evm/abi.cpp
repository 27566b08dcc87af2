// SPDX-License-Identifier: Apache-2.0
#include "evm/abi.hpp"

#include <algorithm>

#include "crypto/keccak.hpp"

namespace peaqos::evm {
namespace {

constexpr std::size_t kWord = 32;

void appendWord(Bytes& out, const U256& number) { append(out, number.toWord()); }

}  // namespace

std::array<std::uint8_t, 4> selector(std::string_view signature) {
  const Hash256 hash = eventTopic(signature);
  return {hash[0], hash[1], hash[2], hash[3]};
}

Hash256 eventTopic(std::string_view signature) { return crypto::keccak256(asBytes(signature)); }

AbiValue::AbiValue(const Address& address) : AbiValue(*U256::fromBigEndian(address.bytes)) {}

AbiValue AbiValue::tuple(std::vector<AbiValue> members) {
  AbiValue value{U256()};
  value.value_ = Tuple{std::move(members)};
  return value;
}

bool AbiValue::isDynamic() const {
  if (const auto* tuple = std::get_if<Tuple>(&value_)) return std::ranges::any_of(tuple->members, &AbiValue::isDynamic);
  return !std::holds_alternative<Hash256>(value_);
}

Bytes AbiValue::encode() const {
  if (const auto* word = std::get_if<Hash256>(&value_)) return {word->begin(), word->end()};
  if (const auto* tuple = std::get_if<Tuple>(&value_)) return encodeArguments(tuple->members);
  Bytes out;
  if (const auto* items = std::get_if<std::vector<AbiValue>>(&value_)) {
    appendWord(out, items->size());
    append(out, encodeArguments(*items));
    return out;
  }
  const Bytes& bytes = std::get<Bytes>(value_);
  appendWord(out, bytes.size());
  append(out, bytes);
  out.resize((out.size() + kWord - 1) / kWord * kWord);
  return out;
}

Bytes encodeArguments(const std::vector<AbiValue>& arguments) {
  std::vector<Bytes> encoded;
  std::size_t headSize = 0;
  for (const AbiValue& argument : arguments) {
    encoded.push_back(argument.encode());
    headSize += argument.isDynamic() ? kWord : encoded.back().size();
  }
  Bytes head, tail;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].isDynamic()) {
      appendWord(head, headSize + tail.size());
      append(tail, encoded[i]);
    } else {
      append(head, encoded[i]);
    }
  }
  append(head, tail);
  return head;
}

Bytes encodeCall(std::string_view signature, const std::vector<AbiValue>& arguments) {
  const auto id = selector(signature);
  Bytes out(id.begin(), id.end());
  append(out, encodeArguments(arguments));
  return out;
}

std::optional<BytesView> AbiReader::word(std::size_t index) const {
  if (index >= bytes_.size() / kWord) return std::nullopt;
  return bytes_.subspan(index * kWord, kWord);
}

std::optional<U256> AbiReader::uint256(std::size_t index) const {
  const auto found = word(index);
  return found ? U256::fromBigEndian(*found) : std::nullopt;
}

std::optional<Address> AbiReader::address(std::size_t index) const {
  const auto found = word(index);
  if (!found || std::ranges::any_of(found->first(12), [](std::uint8_t b) { return b != 0; })) return std::nullopt;
  Address address;
  std::ranges::copy(found->subspan(12), address.bytes.begin());
  return address;
}

// What begins at the offset in the head's word.
std::optional<BytesView> AbiReader::tail(std::size_t index) const {
  const auto number = uint256(index);
  const auto offset = number ? number->toUint64() : std::nullopt;
  if (!offset || *offset > bytes_.size()) return std::nullopt;
  return bytes_.subspan(static_cast<std::size_t>(*offset));
}

std::optional<BytesView> AbiReader::dynamicBytes(std::size_t index) const {
  const auto found = tail(index);
  const auto number = found ? AbiReader(*found).uint256(0) : std::nullopt;
  const auto size = number ? number->toUint64() : std::nullopt;
  if (!size || *size > found->size() - kWord) return std::nullopt;
  return found->subspan(kWord, static_cast<std::size_t>(*size));
}

std::optional<AbiReader::Array> AbiReader::array(std::size_t index) const {
  const auto found = tail(index);
  const auto number = found ? AbiReader(*found).uint256(0) : std::nullopt;
  const auto size = number ? number->toUint64() : std::nullopt;
  // Each item has a word of the head at least.
  if (!size || *size > found->size() / kWord - 1) return std::nullopt;
  return Array{static_cast<std::size_t>(*size), AbiReader(found->subspan(kWord))};
}

std::optional<AbiReader> AbiReader::tuple(std::size_t index) const {
  const auto found = tail(index);
  return found ? std::optional(AbiReader(*found)) : std::nullopt;
}

}  // namespace peaqos::evm
