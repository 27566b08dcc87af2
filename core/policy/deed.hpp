// What a transaction would do, in the terms of a policy.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evm/guard.hpp"
#include "policy/rules.hpp"

namespace peaqos::policy {

// What is spent, in units of 10^-18.
struct Spending {
  std::map<std::string, evm::U256> amounts = {};  // by the names of the rules' currencies
  std::string coin = {};                          // that the fee is paid in
  evm::U256 fee = {};                             // the most that it can come to
};

struct Deed {
  std::string operation;                      // empty: none that a policy knows
  std::vector<evm::Address> contracts = {};   // that are called, by a batch as well
  std::vector<evm::Address> recipients = {};  // of coins and tokens
  std::vector<Machine> machines = {};         // each by all that the bytes tell of it
  bool ofUnknownMachine = false;              // a call cannot be read
  std::vector<std::string> unnamed = {};      // what is spent that the rules' `amounts` do not name
  Spending spending = {};
};

// From the transaction's bytes; only the operation, and the machine that an order is for, come from the words.
Deed deedOf(const Rules& rules, const evm::Proposal& proposal);

// What a transaction spends, as above.
Spending spendingOf(const Rules& rules, const evm::Transaction& transaction);

// The coin of a chain, as `amounts` and `fees` call it. The chains of peaq have PEAQ, and so have those that are not
// known: they are development chains.
std::string coinOf(std::uint64_t chainId);

// All of these coins.
std::vector<std::string> coinNames();

// A sum and a product that stop at the largest number: what is counted must never wrap around and look small.
evm::U256 sum(const evm::U256& a, const evm::U256& b);
evm::U256 scaled(evm::U256 units, unsigned decimals);  // to kDecimals

}  // namespace peaqos::policy
