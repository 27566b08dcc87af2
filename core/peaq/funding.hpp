// Steps 1 to 3 of an activation: balances, 2FA, and money from the Gas Station for the wallets that are short of it
// (docs/protocol.md#funding).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "evm/rpc.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "host/http.hpp"
#include "ledger/ledger.hpp"
#include "peaq/networks.hpp"

namespace peaqos::peaq {

enum FundingStep : int { kBalanceStep = 1, kTwoFactorStep, kFundStep };

struct FundingContext {
  evm::RpcClient& rpc;
  ledger::Ledger& ledger;
  host::HttpClient& http;
  host::Clock& clock;
  host::Random& random;
  host::Conversation& conversation;
  DeploymentRecord network;
  std::function<std::string()> gasStationUrl;  // asked only when money is needed; throws Error (Configuration)
  evm::Address owner;                          // whose 2FA it is
  int steps;                                   // of the whole activation
};

struct FundedWallet {
  const char* role;  // "Operator", "Machine"
  evm::Address address;
  evm::U256* balance;  // as read; afterwards what it is then
};

// Whether a wallet has less than an activation starts from: what the Gas Station itself goes by.
bool isShortOfMoney(const evm::U256& balance);

// Reports a Progress for each step, as activate() does. `skip`: the user does not want it. `complete`: nothing is left
// to pay for. Throws Error (Network): the Gas Station's refusals, "STILL_SHORT".
Task<void> fundWallets(FundingContext context, std::vector<FundedWallet> wallets, bool skip, bool complete);

// Steps 2 and 3 alone, for wallets of which some are known to be short, by as few codes as will do.
Task<void> fundAll(FundingContext context, std::vector<FundedWallet> wallets);

}  // namespace peaqos::peaq
