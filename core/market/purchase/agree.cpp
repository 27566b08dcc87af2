// The question whether a purchase goes on.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "host/conversation.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {

Task<bool> agreed(PurchaseWork& work, std::string question, Json due) {
  Json facts{{"order_id", work.id()},
             {"service", textOrEmpty(work.order, "skill_key")},
             {"status", textOrEmpty(work.order, "status")},
             {"payment_status", work.paymentStatus()}};
  if (!work.request.unattended) work.report(0, "order_summary", "shown", facts);
  if (!due.is_null()) {
    work.report(0, "payment_due", "shown", due);
    facts["payment"] = std::move(due);
  }
  if (work.request.unattended) co_return true;
  work.asking = true;
  host::Question asked{.name = "confirm_order",
                       .text = std::move(question),
                       .instead = "Use " + work.request.yesName + "; order " + work.id() + " stays open",
                       .facts = std::move(facts)};
  const bool yes = co_await host::confirm(work.tools.conversation, std::move(asked));
  work.asking = false;
  co_return yes;
}

}  // namespace peaqos::market
