// What a command would do, for whoever wants to see it before it is done: one shape for all commands
// (docs/commands.md#plans).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "evm/outbox.hpp"
#include "peaq/contracts.hpp"

namespace peaqos::app {

// Something that was read and that the plan rests on: {"machine_id", "0x...", "42"}.
struct PlannedRead {
  std::string name;
  std::string subject;
  Json value;
};

// An effect that is no transaction: a request that changes something, a question, a file. `facts` never hold a secret.
struct PlannedAction {
  std::string name;
  Json facts;
};

inline constexpr std::size_t kListedCalls = 100;  // of a plan's batches, with their arguments

struct PlannedTransaction {
  std::string step;  // of its ledger row
  std::uint64_t chainId = 0;
  std::string currency = {};  // of value and fees
  evm::Address from, to;
  std::string contract = {};       // what `to` is called; empty where nobody knows
  std::string function = {};       // "mint(uint256,address)"
  Json arguments = Json::array();  // [name, value] pairs in its order; null for what is not known yet
  Json calls = Json::array();      // of a batch: the first of its calls, each {function, arguments, ...}
  std::uint64_t callsLeftOut = 0;  // how many follow them
  evm::U256 value = {};            // wei
  evm::U256 fee = {};              // wei, as the next block would charge
  evm::U256 maxFee = {};           // wei, the most that it can come to
  std::uint64_t gas = 0;           // units
  bool estimated = true;           // `gas` comes from the node; else it is what such a transaction takes
};

// A sum in the smallest units of a currency.
struct PlannedSum {
  std::string currency;
  unsigned decimals = 18;
  evm::U256 value, fee, maxFee;
};

struct Plan {
  std::string command = {};                           // "qualify event"
  std::optional<std::uint64_t> chainId = {};          // none: the command has nothing to do with one chain
  std::optional<evm::Address> signer = {};            // none: it signs nothing
  std::vector<PlannedRead> reads = {};                // in the order in which they matter
  std::vector<PlannedTransaction> transactions = {};  // in the order in which they would be sent
  std::vector<PlannedAction> actions = {};            // likewise
  std::vector<PlannedSum> payments = {};              // of tokens that transactions move

  void read(std::string name, std::string subject, Json value);
  void act(std::string name, Json facts = Json::object());
  // Everything that is spent, a currency each.
  std::vector<PlannedSum> sums() const;
};

// The plan's transaction of an intent.
PlannedTransaction plannedTransaction(const evm::Intent& intent, const evm::RehearsedTransaction& rehearsed,
                                      const evm::Address& from, const Plan& plan, const peaq::Contracts& contracts,
                                      std::string_view currency);

// {"plan": {command, chain_id, signer, reads, transactions, actions, sums}}. Amounts are decimal texts in the smallest
// unit; sums are members by currency.
Json toJson(const Plan& plan);

}  // namespace peaqos::app
