// SPDX-License-Identifier: Apache-2.0
#include "market/order_journal.hpp"

#include <utility>
#include <vector>

namespace peaqos::market {

Task<std::optional<OrderJournal::Unfinished>> OrderJournal::unfinished() {
  std::optional<Unfinished> open;
  std::set<std::string> ordered;
  for (const Json& row : co_await journal_.rows()) {
    if (textOrEmpty(row, "step") != kOrderStep) continue;
    const std::string id = textOrEmpty(row, "order_id");
    if (!id.empty()) ordered.insert(id);
    if (textOrEmpty(row, "intent") != intent_) continue;
    const std::string status = textOrEmpty(row, "status");
    if (status == "confirmed" && textOrEmpty(row, "ts") >= since_) continue;
    if (status != "pending") {
      open.reset();
    } else if (!open) {
      open = Unfinished{.orderId = id, .since = textOrEmpty(row, "ts"), .ordered = {}};
    } else {
      open->orderId = id;
    }
  }
  if (open) open->ordered = std::move(ordered);
  co_return open;
}

Task<void> OrderJournal::order(std::string status, Json more) {
  Json row = facts_;
  row["intent"] = intent_;
  row.update(more);
  co_await journal_.append(kOrderStep, std::move(status), std::move(row));
}

Task<void> OrderJournal::creating() { co_await order("pending", Json::object()); }

Task<void> OrderJournal::created(std::string orderId) {
  co_await order("pending", Json{{"order_id", std::move(orderId)}});
}

Task<void> OrderJournal::finished(std::string orderId) {
  co_await order("confirmed", Json{{"order_id", std::move(orderId)}});
}

Task<void> OrderJournal::failed(std::string orderId, std::string reason) {
  Json more{{"reason", std::move(reason)}};
  if (!orderId.empty()) more["order_id"] = std::move(orderId);
  co_await order("failed", std::move(more));
}

Task<std::optional<Json>> OrderJournal::payment(std::string orderId) {
  std::optional<Json> last;
  for (Json& row : co_await journal_.rows()) {
    if (textOrEmpty(row, "step") == kPaymentStep && textOrEmpty(row, "order_id") == orderId) last = std::move(row);
  }
  if (last && textOrEmpty(*last, "status") == "failed") last.reset();
  co_return last;
}

Task<void> OrderJournal::paymentGiven(std::string orderId, std::string transaction, std::string chain) {
  co_await journal_.append(
      kPaymentStep, "pending",
      Json{{"order_id", std::move(orderId)}, {"tx_hash", std::move(transaction)}, {"chain", std::move(chain)}});
}

Task<void> OrderJournal::paymentDone(std::string orderId, std::string transaction, Json facts) {
  facts["order_id"] = std::move(orderId);
  facts["tx_hash"] = std::move(transaction);
  co_await journal_.append(kPaymentStep, "confirmed", std::move(facts));
}

Task<void> OrderJournal::paymentRefused(std::string orderId, std::string transaction, std::string reason) {
  co_await journal_.append(
      kPaymentStep, "failed",
      Json{{"order_id", std::move(orderId)}, {"tx_hash", std::move(transaction)}, {"reason", std::move(reason)}});
}

}  // namespace peaqos::market
