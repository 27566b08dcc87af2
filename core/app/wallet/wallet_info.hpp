// What is shown of a wallet: everything but its secret.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/json.hpp"
#include "vault/store.hpp"

namespace peaqos::app {

struct ShownAccount {
  vault::Account account;
  std::string network;  // "peaq", "ethereum", "solana", ...
};

// The file's own accounts, then the EVM networks that it does not name, all at the address of its first EVM account.
std::vector<ShownAccount> shownAccounts(const vault::Wallet& wallet);

// Empty when the wallet has no EVM account.
std::string peaqAddress(const vault::Wallet& wallet);

// {id, name, created_at, key_type, peaq_address, accounts: [{account_id, address, chain_id, network,
// derivation_path}]}; peaq_address is null when there is none.
Json toJson(const vault::Wallet& wallet);

}  // namespace peaqos::app
