// A purchase from the order to its execution, with the payment between them (docs/market.md#a-purchase).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "evm/outbox.hpp"
#include "evm/signer.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "market/orchestration.hpp"
#include "market/order_journal.hpp"
#include "market/token_transfer.hpp"

namespace peaqos::market {

// A transaction that somebody else paid with.
struct GivenPayment {
  std::string transaction;
  std::string chain;  // an alias or a CAIP-2 identifier
  std::string token;
};

struct PurchaseRequest {
  std::string serviceId;
  std::string machineId;
  std::string agentPairingId;
  std::optional<std::string> searchId = {}, quoteId = {}, operation = {};
  Json budget = nullptr;       // {amount, currency}, or null
  Json input = nullptr;        // the user's own text, or null
  Json credentials = nullptr;  // as the API takes them, or null
  std::optional<GivenPayment> given = {};
  bool withoutIntent = false;  // the payment is recorded already: only the given transaction is reported
  bool unattended = false;     // no question is asked: neither whether to go on nor for a transaction
  std::string yesName = "--yes", hashName = "--payment-tx-hash";  // for messages
};

// Who pays without being asked for a transaction.
struct Wallet {
  std::string name;
  evm::Signer& signer;
};

struct PurchaseTools {
  OrchestrationApi& api;
  ledger::Ledger& ledger;
  std::string since;  // an equal purchase that ended in the ledger from then on is this one (a row's `ts`)
  Nodes nodes;
  // What sends transactions through a node of a chain.
  std::function<evm::Outbox(evm::RpcClient& rpc, std::uint64_t chainId)> outbox;
  host::Conversation& conversation;
  std::optional<Wallet> wallet = {};
};

struct PurchaseResult {
  bool declined = false;
  Json order;
  Json payment;    // null without one
  Json execution;  // null when the order was executed by an earlier run
};

// The hash that equal purchases share: over all that is asked for, and of which service (OrchestrationApi::identity()).
std::string intentOf(const PurchaseRequest& request, const std::string& service);

// Places the order, pays it where it must be paid, and has it executed. Each step is in the ledger before the next
// one begins, and a run that was broken off is continued by the next equal one: an order is never made twice, nor paid
// twice. Throws Error: what the order's creation came to; from then on one that names the order, its state, and how to
// go on (always Network, but for an interruption).
Task<PurchaseResult> purchase(PurchaseRequest request, PurchaseTools tools);

// What a purchase would still do. Requests by name: place_order, payment_intent, pay_order, report_payment,
// execute_order.
struct PurchasePlan {
  struct Request {
    std::string name;
    Json facts;  // never credentials
  };
  struct Transfer {
    evm::Intent intent;
    evm::RehearsedTransaction rehearsed;
    std::uint64_t chainId = 0;
    std::string currency;  // of the fees
    std::string token;     // symbol, or else address
    unsigned decimals = 0;
    evm::U256 units, balance;  // of the token: what is paid, and what there is
  };
  Json order = nullptr;    // that an earlier run made; null: none
  Json payment = nullptr;  // its record
  std::vector<Request> requests = {};
  std::optional<Transfer> transfer = {};  // by the wallet, where its terms are known
};

// From reads alone: it orders, pays and records nothing, and asks nobody. Throws as purchase() does for what it reads,
// and "BUDGET_EXCEEDED".
Task<PurchasePlan> planPurchase(PurchaseRequest request, PurchaseTools tools);

}  // namespace peaqos::market
