// Calls to a node and what they came to (JSON-RPC 2.0, EIP-1474).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "evm/u256.hpp"

namespace peaqos::evm {

struct RpcCall {
  std::string method;
  Json params = Json::array();
};

// The node's own refusal of one call.
struct RpcError {
  std::int64_t code = 0;
  std::string message;
  std::optional<Json> data;  // as sent: revert data as hex text, an object, null, or absent
};

// What one call of a batch came to.
using RpcReply = std::variant<Json, RpcError>;

// Reads an `error` member. Endpoints also send a bare string instead of an object, a code as a string of digits, or a
// message of another type; what cannot be read is 0 or empty.
RpcError rpcErrorFrom(const Json& error);

// The value of a reply. Throws Error (Network, "RPC_ERROR") when the node refused the call; `what` names it in words,
// e.g. "the balance of 0xf39F...2266".
const Json& valueOf(const RpcReply& reply, const std::string& what);

// Typed readings of a value; each throws Error (Network, "BAD_RPC_ANSWER") for anything else.
U256 quantityOf(const RpcReply& reply, const std::string& what);
std::uint64_t uint64Of(const RpcReply& reply, const std::string& what);
Bytes dataOf(const RpcReply& reply, const std::string& what);

// The Error for a node's refusal: "could not read <what>: <the node's words>".
Error rpcRefusal(const RpcError& error, const std::string& what);

}  // namespace peaqos::evm
