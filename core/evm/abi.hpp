// Contract ABI encoding (Solidity documentation, "Contract ABI Specification").
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "evm/address.hpp"
#include "evm/u256.hpp"

namespace peaqos::evm {

// The first four bytes of the keccak-256 of a function's or custom error's signature, e.g. "transfer(address,uint256)".
std::array<std::uint8_t, 4> selector(std::string_view signature);

// The keccak-256 of an event's signature.
Hash256 eventTopic(std::string_view signature);

// One argument: a word (uintN, address, bytes32), dynamic bytes or string, a dynamic array of arguments, or a tuple.
class AbiValue {
 public:
  // A tuple with a dynamic member stands behind an offset, another one in place.
  static AbiValue tuple(std::vector<AbiValue> members);

  AbiValue(const U256& number) : value_(number.toWord()) {}
  AbiValue(std::uint64_t number) : AbiValue(U256(number)) {}
  AbiValue(const Address& address);
  AbiValue(const Hash256& word) : value_(word) {}
  AbiValue(Bytes bytes) : value_(std::move(bytes)) {}
  AbiValue(std::string_view text) : AbiValue(Bytes(asBytes(text).begin(), asBytes(text).end())) {}
  AbiValue(std::vector<AbiValue> items) : value_(std::move(items)) {}

 private:
  friend Bytes encodeArguments(const std::vector<AbiValue>& arguments);
  struct Tuple {
    std::vector<AbiValue> members;
  };
  bool isDynamic() const;
  Bytes encode() const;

  std::variant<Hash256, Bytes, std::vector<AbiValue>, Tuple> value_;
};

// The arguments as a tuple: heads, then tails.
Bytes encodeArguments(const std::vector<AbiValue>& arguments);

// Calldata: the signature's selector, then the arguments.
Bytes encodeCall(std::string_view signature, const std::vector<AbiValue>& arguments);

// Reads an encoded tuple. `index` counts the head's words; nothing comes back for what lies outside of the bytes or is
// no value of its type.
class AbiReader {
 public:
  explicit AbiReader(BytesView bytes) : bytes_(bytes) {}

  std::optional<U256> uint256(std::size_t index) const;
  std::optional<Address> address(std::size_t index) const;
  // Dynamic bytes or a string; the view points into the encoded bytes.
  std::optional<BytesView> dynamicBytes(std::size_t index) const;
  // A dynamic tuple.
  std::optional<AbiReader> tuple(std::size_t index) const;
  // A dynamic array: how many items, and a reader whose head they are.
  struct Array;
  std::optional<Array> array(std::size_t index) const;

 private:
  std::optional<BytesView> word(std::size_t index) const;
  std::optional<BytesView> tail(std::size_t index) const;

  BytesView bytes_;
};

struct AbiReader::Array {
  std::size_t size;
  AbiReader items;
};

}  // namespace peaqos::evm
