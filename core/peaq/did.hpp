// peaq DIDs and their on-chain attributes (docs/protocol.md#did).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evm/rpc.hpp"
#include "peaq/contracts.hpp"

namespace peaqos::peaq {

// Longest attribute value in bytes (docs/protocol.md#attribute-values).
constexpr std::size_t kLongestValue = 2560;

// What every DID of peaq begins with, of both generations.
inline constexpr std::string_view kDidMethod = "did:peaq:";

// "did:peaq:0x..." with the checksum address.
std::string didOf(const evm::Address& account);

// The DID as given, when it is did:peaq:0x and 40 hexadecimal digits; throws Error (Input, "INVALID_DID") otherwise.
std::string checkDid(std::string_view text);

// "did:peaq:0x9a5F...37C5"; a text that is no DID is shortened like an address.
std::string shortDid(std::string_view did);

struct Attribute {
  std::string_view name;
  std::string value;  // ASCII
};

enum class AttributeChange { Add, Update };

struct AttributeWrite {
  AttributeChange change;
  Attribute attribute;
};

// readAttribute() as a call to the node.
evm::RpcCall readAttributeCall(const Contracts& contracts, const evm::Address& account, std::string_view name);

// The attribute's value from the reply to readAttributeCall(); nothing when the account has no such attribute. Throws
// Error (Network) for everything else.
std::optional<std::string> attributeFrom(const evm::RpcReply& reply, std::string_view name,
                                         const evm::Address& account);

// Calldata for the batch precompile that makes all changes in one transaction, with no expiry.
Bytes writeAttributesCalldata(const Contracts& contracts, const evm::Address& account,
                              std::span<const AttributeWrite> writes);

}  // namespace peaqos::peaq
