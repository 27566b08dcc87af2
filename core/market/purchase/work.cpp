// SPDX-License-Identifier: Apache-2.0
#include "market/purchase/work.hpp"

#include <algorithm>
#include <utility>

namespace peaqos::market {

PurchaseWork::PurchaseWork(PurchaseRequest asked, PurchaseTools lent)
    : request(std::move(asked)),
      tools(std::move(lent)),
      log(tools.ledger, intentOf(request, tools.api.identity()), ledgerFacts(request), tools.since),
      steps(kPaidSteps) {}

std::string PurchaseWork::id() const { return textOrEmpty(order, "id"); }

bool PurchaseWork::isPaid() const {
  return isOneOf(textOrEmpty(payment, "status"), {"held", "release_pending", "released", "frozen", "refunded"});
}

std::string PurchaseWork::paymentStatus() const {
  if (!payment.is_null()) return textOrEmpty(payment, "status");
  return steps == kFreeSteps ? "not_required" : "payment_pending";
}

void PurchaseWork::report(int step, std::string name, std::string state, Json facts) const {
  tools.conversation.progress(
      {.step = step, .steps = steps, .name = std::move(name), .state = std::move(state), .facts = std::move(facts)});
}

bool isOneOf(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace peaqos::market
