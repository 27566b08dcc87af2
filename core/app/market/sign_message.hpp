// signMessage: proves who one is, by an EIP-191 signature of a text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// {address, signature}. `wallet` is a name or id; none: who signs by the settings. The passphrase is asked for as
// "passphrase". Throws Error (Configuration).
Task<Json> signMessage(std::optional<std::string> wallet, std::string message, Caller caller);

}  // namespace peaqos::app
