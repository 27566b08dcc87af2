// SPDX-License-Identifier: Apache-2.0
#include "market/order_journal.hpp"

#include <utility>
#include <vector>

namespace peaqos::market {

Task<std::optional<OrderJournal::Unfinished>> OrderJournal::unfinished() {
  std::optional<Unfinished> open;
  std::set<std::string> ordered;
  co_await ledger_.scan("\"order\"", [&](ledger::Row row) {
    if (row.step != kOrderStep) return;
    const std::string id = textOrEmpty(row.facts, "order_id");
    if (!id.empty()) ordered.insert(id);
    if (textOrEmpty(row.facts, "intent") != intent_) return;
    if (row.status == ledger::Status::Confirmed && row.ts >= since_) return;
    if (row.status != ledger::Status::Pending) {
      open.reset();
    } else if (!open) {
      open = Unfinished{.orderId = id, .since = row.ts, .ordered = {}};
    } else {
      open->orderId = id;
    }
  });
  if (open) open->ordered = std::move(ordered);
  co_return open;
}

Task<void> OrderJournal::order(ledger::Status status, Json more) {
  Json facts = facts_;
  facts["intent"] = intent_;
  facts.update(more);
  co_await ledger_.append({.step = kOrderStep, .status = status, .facts = std::move(facts)});
}

Task<void> OrderJournal::creating() { co_await order(ledger::Status::Pending, Json::object()); }

Task<void> OrderJournal::created(std::string orderId) {
  co_await order(ledger::Status::Pending, Json{{"order_id", std::move(orderId)}});
}

Task<void> OrderJournal::finished(std::string orderId) {
  co_await order(ledger::Status::Confirmed, Json{{"order_id", std::move(orderId)}});
}

Task<void> OrderJournal::failed(std::string orderId, std::string reason) {
  Json more{{"reason", std::move(reason)}};
  if (!orderId.empty()) more["order_id"] = std::move(orderId);
  co_await order(ledger::Status::Failed, std::move(more));
}

Task<std::optional<ledger::Row>> OrderJournal::payment(std::string orderId) {
  std::optional<ledger::Row> last;
  co_await ledger_.scan(dumpJson(orderId), [&](ledger::Row row) {
    if (row.step == kPaymentStep && textOrEmpty(row.facts, "order_id") == orderId) last = std::move(row);
  });
  if (last && last->status == ledger::Status::Failed) last.reset();
  co_return last;
}

Task<void> OrderJournal::paymentRow(ledger::Status status, Json facts) {
  co_await ledger_.append({.step = kPaymentStep, .status = status, .facts = std::move(facts)});
}

Task<void> OrderJournal::paymentGiven(std::string orderId, std::string transaction, std::string chain) {
  Json facts{{"order_id", std::move(orderId)}, {"tx_hash", std::move(transaction)}, {"chain", std::move(chain)}};
  co_await paymentRow(ledger::Status::Pending, std::move(facts));
}

Task<void> OrderJournal::paymentTaken(std::string orderId, std::string transaction, std::string chain) {
  Json facts{{"order_id", std::move(orderId)}, {"tx_hash", std::move(transaction)}, {"chain", std::move(chain)}};
  co_await paymentRow(ledger::Status::Confirmed, std::move(facts));
}

Task<void> OrderJournal::paymentRefused(std::string orderId, std::string transaction, std::string reason) {
  Json facts{{"order_id", std::move(orderId)}, {"tx_hash", std::move(transaction)}, {"reason", std::move(reason)}};
  co_await paymentRow(ledger::Status::Failed, std::move(facts));
}

}  // namespace peaqos::market
