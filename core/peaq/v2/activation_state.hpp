// What is read before an activation, all of it in one batch.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "peaq/v2/activation.hpp"

namespace peaqos::peaq::v2 {

// What the chain says of the machine, of prices and of the owner's money.
struct ActivationState {
  std::uint64_t chainId = 0;
  std::optional<evm::Address> owner = {};  // none: no machine has this id
  evm::Address controller;
  Subscription subscription;
  bool homedLocally = false;

  Quote quote;            // left empty where the machine exists
  evm::U256 balance;      // of the native coin, in wei
  evm::U256 payable;      // of the token that the bond is paid in: PEAQ or USDT
  evm::U256 allowance;    // of that token, to whom takes it
  evm::U256 gasPrice;     // wei a gas unit, as the node suggests it
  std::uint64_t gas = 0;  // of the activation, as the node estimates it; 0: it cannot before the approval
};

// Who takes the payment: the subscription contract, or on the USDT rail the pool.
const evm::Address& spenderOf(Rail rail, const Roles& roles);
// What is approved and paid: the net bond, or the most USDT.
const evm::U256& priceOf(const Quote& quote);
const evm::Address& paymentTokenOf(const Quote& quote);
// Whether that token is the native coin: bond and fees come out of one balance.
bool isOnePurse(const Quote& quote);

// The transaction's data at a quote.
Bytes calldataOf(const ActivationRequest& request, const Quote& quote);

// Reads, and checks what has to hold before anything is spent (checkPreflight()). One request; a second one on the USDT
// rail, and where PEAQ is another token than expected. Throws Error as activate() does.
Task<ActivationState> readActivationState(const ActivationRequest& request, const ActivationContext& context,
                                          evm::U256 machineId);

// Throws Error (Input) "MACHINE_ID_MISMATCH" where the answer of computeTokenId() is another id than was computed here.
void checkComputedId(const evm::RpcReply& reply, const evm::U256& machineId);

// The estimate of an activation's gas, and what the contracts have against it: nothing while the token refuses, which
// is no news as long as too little is allowed. Throws Error (Network) as activate() does.
evm::RpcCall estimateCall(const ActivationCall& call, const Roles& roles, const evm::Address& owner);
std::optional<Error> objectionFrom(const evm::RpcReply& estimate);

// Reads the quote again, and throws "QUOTE_MOVED" where it is more than the given one: made in one batch with the
// preparation of the transaction.
evm::Preflight quoteAgain(const ActivationRequest& request, const ActivationContext& context, Quote accepted);

}  // namespace peaqos::peaq::v2
