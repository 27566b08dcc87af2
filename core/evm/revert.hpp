// Telling why a contract refused a call.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evm/rpc.hpp"

namespace peaqos::evm {

struct Revert {
  std::string name;    // custom error without its arguments, e.g. "AlreadyRegistered"; empty when none was recognised
  std::string reason;  // Error(string) or panic text, else the node's message; one line
};

// Reads a node's error as a revert, by the table of chain.md 2.3: nodes put the data in `data`, in the message, or
// give only words. Nothing for a plain RPC error such as "insufficient funds". `errors` are the custom errors to
// recognise, as signatures ("AlreadyRegistered()").
std::optional<Revert> revertFrom(const RpcError& error, std::span<const std::string_view> errors);

}  // namespace peaqos::evm
