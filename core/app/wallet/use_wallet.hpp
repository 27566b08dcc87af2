// Which wallet signs: the line PEAQOS_OWS_WALLET of ./.env.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/caller.hpp"
#include "app/wallet/wallet_info.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Writes the wallet's name into ./.env and keeps every other line, comment and the file's mode; a new file is private
// (0600). A variable of the process that would win over it is told as Progress "environment", "warning". Throws Error
// (Input).
Task<vault::Wallet> useWallet(std::string nameOrId, Caller caller);

}  // namespace peaqos::app
