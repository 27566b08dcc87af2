// SPDX-License-Identifier: Apache-2.0
#include "market/purchase.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "market/executions.hpp"
#include "market/orders.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

void reportLeftOpen(const PurchaseWork& work) {
  const bool paid = work.isPaid();
  work.report(0, "order", "left_open",
              {{"order_id", work.id()}, {"status", textOrEmpty(work.order, "status")}, {"paid", paid}});
}

PurchaseResult declined(const PurchaseWork& work) {
  reportLeftOpen(work);
  return {.declined = true, .order = work.order, .payment = work.payment, .execution = nullptr};
}

// What became of an order of an earlier run that needs nothing more.
Task<std::optional<PurchaseResult>> endedMeanwhile(PurchaseWork& work) {
  const std::string status = textOrEmpty(work.order, "status");
  if (!work.continued || isOneOf(status, {"created", "payment_pending", "ready"})) co_return std::nullopt;
  if (isOneOf(status, {"cancelled", "failed", "disputed"})) {
    work.current = "execute";
    throw networkError("ORDER_ENDED", "an earlier run made this order, and meanwhile it has ended as " + status);
  }
  if (status != "executing") co_await work.log.finished(work.id());
  co_return PurchaseResult{.order = work.order, .payment = work.payment, .execution = nullptr};
}

Task<PurchaseResult> executeOrder(PurchaseWork& work) {
  work.current = "execute";
  work.report(work.steps, "order_execution", "started");
  Json executed = co_await execute(work.tools.api, work.id(), work.request.input);
  work.order = std::move(executed["order"]);
  co_await work.log.finished(work.id());
  co_return PurchaseResult{.order = work.order, .payment = work.payment, .execution = std::move(executed["execution"])};
}

Task<PurchaseResult> finish(PurchaseWork& work) {
  const Json& recommendation = work.order["payment"];
  bool free = recommendation["default_rail"] == "not-required" && recommendation["required"] != true;
  if (!free) {
    work.current = "payment lookup";
    work.payment = co_await payment(work.tools.api, work.id());
    free = textOrEmpty(work.payment, "status") == "not_required";
  }
  work.steps = free ? kFreeSteps : kPaidSteps;
  if (!work.continued) work.report(1, "order_creation", "started");
  if (auto ended = co_await endedMeanwhile(work)) co_return std::move(*ended);
  if (free) {
    work.current = "execute";
    if (!co_await agreed(work, "Proceed with order execution?", nullptr)) co_return declined(work);
  } else if (!co_await pay(work)) {
    co_return declined(work);
  }
  co_return co_await executeOrder(work);
}

}  // namespace

Task<PurchaseResult> purchase(PurchaseRequest request, PurchaseTools tools) {
  PurchaseWork work(std::move(request), std::move(tools));
  co_await findOrPlace(work);
  std::optional<Error> failure;
  bool refused = false;
  try {
    co_return co_await finish(work);
  } catch (const Refusal& refusal) {
    failure = refusal;
    refused = refusal.final;
  } catch (const Error& error) {
    failure = error;
  }
  // Who was asked whether to go on, and did not answer, has been told how to.
  if (failure->kind == ErrorKind::Interrupted || work.asking) {
    reportLeftOpen(work);
    throw *failure;
  }
  co_await forgetDead(work, *failure, refused);
  // Not in one expression: the exception's memory would be taken first, and lost with a frame that is destroyed here.
  const Error explanation = co_await explained(work, *failure);
  throw explanation;
}

}  // namespace peaqos::market
