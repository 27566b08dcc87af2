// What a policy file allows (docs/security.md#a-policy).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evm/address.hpp"
#include "evm/u256.hpp"

namespace peaqos::policy {

// Amounts are in units of 10^-18 of the coin or token, whatever decimals its contract has.
constexpr unsigned kDecimals = 18;

struct Limits {
  std::optional<evm::U256> perTransaction = {}, perHour = {}, perDay = {};
  std::optional<evm::U256> askAbove = {};  // for one transaction: above it a person must agree
};

// A token's contract on one chain.
struct Token {
  std::uint64_t chainId = 0;
  evm::Address address;
  unsigned decimals = 0;
};

struct Currency {
  std::string name;
  std::vector<Token> tokens = {};  // of which its sums are made; none: the coin of that name
  Limits limits = {};
};

// A machine by its id on the chain, by its account, or by its id in the Machine Market, which may be any text.
struct Machine {
  std::optional<evm::U256> id = {};
  std::optional<evm::Address> account = {};
  std::string name = {};
};

// Minutes of a UTC day; `from` later than `to` spans midnight.
struct Hours {
  int from = 0, to = 0;
};

// A list that is not there allows everything; an empty one nothing.
struct Rules {
  std::optional<std::vector<std::string>> operations = {};  // command paths: "qualify event"
  std::optional<std::vector<evm::Address>> contracts = {}, recipients = {};
  std::optional<std::vector<Machine>> machines = {};
  std::optional<std::vector<Currency>> amounts = {};  // what transactions carry and transfer
  std::optional<std::vector<Currency>> fees = {};     // by coins
  std::optional<Hours> hours = {};

  bool counts() const;  // whether it limits what is spent in an hour or a day
  bool asks() const;    // whether a person may have to agree
};

// Reads the text of a policy file. Throws Error (Configuration) "BAD_POLICY" that names `file` and the JSON path of
// what is wrong: an unknown member, a wrong type or value, a member that is there twice.
Rules parseRules(std::string_view text, const std::string& file);

// The commands that sign transactions, as `operations` names them; and the one that a ledger's step belongs to, empty
// for a step of none.
std::vector<std::string> operations();
std::string operationOf(std::string_view step);

}  // namespace peaqos::policy
