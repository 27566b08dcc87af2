// A purchase that failed once its order was there.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "market/orders.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

// Refusals after which the same order can never be executed.
bool endsOrder(const std::string& code) {
  return isOneOf(code, {"QUOTE_EXPIRED", "EXECUTION_UNSUPPORTED", "ORDER_CLOSED", "NOT_FOUND", "AGENT_POLICY_DENIED",
                        "AGENT_SPEND_LIMIT_EXCEEDED", "AGENT_DAILY_LIMIT_EXCEEDED"});
}

}  // namespace

Task<void> forgetDead(PurchaseWork& work, const Error& failure, bool refused) {
  bool dead = failure.code == "ORDER_ENDED";
  if (refused && endsOrder(failure.code) && !work.isPaid()) dead = !co_await work.log.payment(work.id());
  if (dead) co_await work.log.failed(work.id(), failure.code);
}

Task<Error> explained(PurchaseWork& work, Error failure) {
  std::string status;
  try {
    const Json now = co_await market::order(work.tools.api, work.id());
    status = textOrEmpty(now, "status");
  } catch (const Error&) {
    status = textOrEmpty(work.order, "status");  // the one that was last seen has to do
  }
  std::string text = "order '" + printable(work.id()) + "' was created but " + work.current +
                     " failed\n  Current status: " + printable(status);
  const std::string paid = work.paymentStatus();
  if (work.current != "payment lookup") text += "\n  Payment status: " + printable(paid);
  if (paid == "held") text += "\n  The funds are held until this is resolved.";
  text += "\n  " + failure.code + ": " + failure.message;
  if (!failure.hint.empty()) text += "\n  " + failure.hint + ".";
  text += "\n  Check: peaqos scale order status " + printable(work.id());
  const bool ofUser = isOneOf(failure.code, {"BUDGET_EXCEEDED", "POLICY_REFUSED"});
  failure.kind = ofUser ? ErrorKind::Input : ErrorKind::Network;
  failure.message = std::move(text);
  failure.hint.clear();
  co_return failure;
}

}  // namespace peaqos::market
