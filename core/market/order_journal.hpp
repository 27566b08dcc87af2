// What peaqos.log remembers of orders, so that a purchase that was broken off is continued (decisions 9 and 10).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/json.hpp"
#include "base/task.hpp"
#include "ledger/ledger.hpp"

namespace peaqos::market {

constexpr char kOrderStep[] = "order";
constexpr char kPaymentStep[] = "order_payment";

// The rows of one purchase: orders that ask for the same have the same intent.
class OrderJournal {
 public:
  // `facts` is what identifies the purchase to a reader, `intent` a hash over all that it asks for. `since` is the `ts`
  // from which on an equal purchase that another run finishes is this one.
  OrderJournal(ledger::Ledger& ledger, std::string intent, Json facts, std::string since)
      : ledger_(ledger), intent_(std::move(intent)), facts_(std::move(facts)), since_(std::move(since)) {}

  // An equal purchase that another run began and did not finish before this one started.
  struct Unfinished {
    std::string orderId;            // empty: it is not known whether the order came to be
    std::string since;              // when it was first asked for
    std::set<std::string> ordered;  // every order that the journal knows: none of them is the one
  };
  Task<std::optional<Unfinished>> unfinished();

  Task<void> creating();                     // before the order is asked for
  Task<void> created(std::string orderId);   // once its ID is known
  Task<void> finished(std::string orderId);  // nothing is left to be done
  Task<void> failed(std::string orderId, std::string reason);

  // The row of the payment that was made for an order, or may have been; nothing when it can safely be paid.
  Task<std::optional<ledger::Row>> payment(std::string orderId);

  // A transaction that somebody else made, before it is reported to the API and afterwards.
  Task<void> paymentGiven(std::string orderId, std::string transaction, std::string chain);
  Task<void> paymentTaken(std::string orderId, std::string transaction, std::string chain);
  Task<void> paymentRefused(std::string orderId, std::string transaction, std::string reason);

 private:
  Task<void> order(ledger::Status status, Json more);
  Task<void> paymentRow(ledger::Status status, Json facts);

  ledger::Ledger& ledger_;
  std::string intent_;
  Json facts_;
  std::string since_;
};

}  // namespace peaqos::market
