// The text of a wallet: who it is, and its addresses (docs/commands.md#the-text-of-a-wallet).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/wallet/wallet_info.hpp"

namespace peaqos::cli {

// "  Wallet created." and what there is to know of a new wallet; `verb` is "created" or "imported".
std::string newWalletText(const vault::Wallet& wallet, const std::string& verb);

// The table of addresses, indented by `indent`.
std::string addressTable(const vault::Wallet& wallet, std::size_t indent);

// JSON Schema of app::toJson(Wallet).
Json walletSchema();

}  // namespace peaqos::cli
