// What a bond costs, what pays it, and whether the payer can.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evm/rpc.hpp"
#include "peaq/v2/roles.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::peaq::v2 {

// How a bond is paid.
struct Payment {
  bool inUsdt = false;
  std::uint64_t slippageBps = 0;  // of USDT: how much above its quote the payment may come to, in 1/10000
};

// Throws Error (Network) "QUOTE_MOVED" where a bond's price, read again, is above what was agreed to; and what the
// contract has against it.
void checkPriceAgain(const evm::RpcReply& reply, const evm::U256& agreed);

// Prices of all tiers and the state of the payer's purse, in one batch; always as many.
constexpr std::size_t kPurseCalls = 10;
std::vector<evm::RpcCall> purseCalls(const Roles& roles, const evm::Address& payer);

struct Purse {
  evm::Address payer;
  std::vector<std::optional<evm::U256>> bonds;  // wei of PEAQ by tier; nothing where the protocol has no price
  evm::Address peaqToken;
  evm::U256 native = {}, balance = {},
            allowance = {};        // of the payer: wei; PEAQ, and how much of it MachineSubscription may take
  evm::Address usdtToken = {};     // the zero address: USDT is not taken
  std::uint64_t periodLength = 0;  // seconds that a renewal adds
  bool technicallyPaused = false;  // the whole protocol

  // The price of a tier. Throws Error (Network) "ORACLE_UNPRICED"; Input "INVALID_TIER".
  evm::U256 bondOf(std::uint64_t tier) const;
};

// Throws Error (Network) "TECHNICALLY_PAUSED" where the whole protocol is.
void refuseTechnicalPause(const Purse& purse);

// `guessed`: the token that purseCalls() asked for balance and allowance; another one is asked for again by the caller
// (tokenCalls).
Purse purseFrom(std::span<const evm::RpcReply> replies, const evm::Address& payer);

// The PEAQ token of every network that is known: the native coin's precompile. purseCalls() asks it at once; the
// InfoDesk says whether it is the one.
const evm::Address& expectedPeaqToken();

// Balance and allowance of a token for a payer and a spender.
std::vector<evm::RpcCall> tokenCalls(const evm::Address& token, const evm::Address& payer, const evm::Address& spender);
void takeToken(std::span<const evm::RpcReply> replies, evm::U256& balance, evm::U256& allowance);

// A sum in PEAQ for people: "0.4000 PEAQ".
std::string peaqText(const evm::U256& wei);

}  // namespace peaqos::peaq::v2
