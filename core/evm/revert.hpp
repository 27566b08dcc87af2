// Telling why a contract refused a call.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evm/rpc_reply.hpp"

namespace peaqos::evm {

struct Revert {
  std::string name;    // custom error without its arguments, e.g. "AlreadyRegistered"; empty when none was recognised
  std::string reason;  // Error(string) or panic text, else the node's message; one line
};

// Reads a node's error as a revert. Nodes say so with code 3, with "revert" in the message (any letter case), or with
// revert data: hexadecimal text of at least a selector, alone, behind "Reverted ", or in an object's member "data".
// Returns std::nullopt for any other error, among them one whose data is null or an object of other members, and for
// every rate limit. `errors` are the custom errors to recognise, as signatures ("AlreadyRegistered()").
std::optional<Revert> revertFrom(const RpcError& error, std::span<const std::string_view> errors);

}  // namespace peaqos::evm
