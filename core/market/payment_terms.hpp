// What a payment of an order comes to: who is paid what, where.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "evm/address.hpp"
#include "evm/u256.hpp"

namespace peaqos::market {

// The terms of a payment record (docs/market.md#payments): its rail, read once.
struct PaymentTerms {
  explicit PaymentTerms(const Json& payment);

  std::string chain;  // CAIP-2; empty when the rail names none
  std::string token;  // symbol; empty when it is not known
  std::string tokenAddress, tokenMint;
  std::string payer;
  std::string payee;
  std::string escrow;     // the escrow contract's address, on escrow rails
  bool isEscrow = false;  // the rail is an escrow's: that is paid, not the payee
  Json amount;
  std::string currency;
  Json metadata;

  // Who gets the money: the escrow, or the payee.
  const std::string& recipient() const { return isEscrow ? escrow : payee; }

  // What people see of it, and questions carry: amount, currency, chain, token, token_address, payer, recipient, escrow
  // (true or false). Null for what the rail does not say.
  Json facts() const;
};

// Whether an OWS wallet can pay on that chain. A rail without a chain is tried, and refused with its reason.
bool walletCanPay(const std::string& chain);

}  // namespace peaqos::market
