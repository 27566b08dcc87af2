// What the steps of a purchase share: what was asked for, and how far it has come.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "market/payments.hpp"
#include "market/purchase.hpp"

namespace peaqos::market {

struct PurchaseWork {
  PurchaseWork(PurchaseRequest request, PurchaseTools tools);

  PurchaseRequest request;
  PurchaseTools tools;
  OrderJournal log;
  Json order = nullptr;
  Json payment = nullptr;                  // null until it is known, and without one
  int steps;                               // of the whole purchase
  bool continued = false;                  // the order is one of an earlier run
  bool asking = false;                     // a question whether to go on is open
  std::string current = "payment lookup";  // what is being done, for messages

  std::string id() const;
  bool isPaid() const;
  std::string paymentStatus() const;  // without a record, the way to pay tells
  void report(int step, std::string name, std::string state, Json facts = Json::object()) const;
};

constexpr int kFreeSteps = 2, kPaidSteps = 5;

bool isOneOf(const std::string& word, std::initializer_list<std::string_view> words);

// intent.cpp: what is asked for.
Json requestBody(const PurchaseRequest& request);
// What tells a reader of the ledger which purchase a row is of.
Json ledgerFacts(const PurchaseRequest& request);
// Whether an order of the list is the one that an earlier run asked for. Clocks may differ by some minutes.
bool isThatOrder(const Json& order, const PurchaseRequest& request, const OrderJournal::Unfinished& earlier);

// place.cpp: the order of an earlier run, or a new one.
Task<void> findOrPlace(PurchaseWork& work);
// Whether the list has the order that an earlier run asked for, without having learnt its ID.
Task<bool> findInList(PurchaseWork& work, OrderJournal::Unfinished earlier);

// agree.cpp: shows what will happen, and asks. Nobody is asked twice.
Task<bool> agreed(PurchaseWork& work, std::string question, Json due);

// budget.cpp: whether a payment is within the order's budget, or a person wants it all the same. Throws Error (Input)
// "BUDGET_EXCEEDED" where nobody can be asked.
Task<bool> withinBudget(PurchaseWork& work, PaymentTerms terms, std::optional<TokenTransfer> transfer);

// pay.cpp: brings the payment to where the order can be executed; false when the user did not agree.
Task<bool> pay(PurchaseWork& work);

// transfer.cpp: what a transfer is meant to do.
evm::Intent transferIntent(const PurchaseWork& work, const TokenTransfer& transfer, const PaymentTerms& terms);
// Sends a transfer; its signed bytes are in the ledger before they leave. Gives its hash.
Task<std::string> sendTransfer(PurchaseWork& work, TokenTransfer& transfer, const PaymentTerms& terms);
// One that an earlier run signed is brought to its end; nothing when it can no longer happen.
Task<std::optional<std::string>> settleTransfer(PurchaseWork& work, ledger::Row row, const PaymentTerms& terms);

// prove.cpp: tells the API of the payment. A transaction that somebody else made is in the ledger first.
Task<void> prove(PurchaseWork& work, PaymentTerms terms, PaymentProof proof, bool byWallet,
                 std::optional<TokenTransfer> transfer);

// fail.cpp: what failed, in which state the order is, and how to go on.
Task<Error> explained(PurchaseWork& work, Error failure);
// An order that can never be executed must not be continued for ever; but one that money was sent for stays known,
// unless it has come to its end by itself. `refused`: the API has certainly not done what it was last asked for.
Task<void> forgetDead(PurchaseWork& work, const Error& failure, bool refused);

}  // namespace peaqos::market
