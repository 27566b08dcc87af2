// The order of a purchase: that of an earlier run, or a new one.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "market/orders.hpp"
#include "market/purchase/work.hpp"
#include "market/shapes.hpp"

namespace peaqos::market {
namespace {

Task<void> findAgain(PurchaseWork& work, std::string orderId) {
  bool unknown = false;
  try {
    work.order = co_await market::order(work.tools.api, orderId);
  } catch (const Refusal& refusal) {
    if (refusal.code != "NOT_FOUND") throw;
    unknown = true;
  }
  if (!unknown) co_return;
  co_await work.log.failed(orderId, "NOT_FOUND");
  throw networkError("ORDER_ENDED",
                     "order " + printable(orderId) +
                         " of an earlier run is no longer known to the Machine Market; nothing was ordered",
                     "Run the command again to place a new order");
}

Task<void> place(PurchaseWork& work) {
  Json body = requestBody(work.request);
  if (!work.request.credentials.is_null()) body["providerCredentials"] = work.request.credentials;
  co_await work.log.creating();
  std::optional<Refusal> refused;
  std::optional<Error> lost;
  try {
    work.order = co_await work.tools.api.item({"POST", "/market/orders", Asker::Agent, std::move(body)}, orderFields());
  } catch (const Refusal& refusal) {
    refused = refusal;
  } catch (const Error& error) {
    lost = error;
  }
  if (refused && refused->final) {
    co_await work.log.failed("", refused->code);
    throw *refused;
  }
  if (refused || lost) {
    Error unknown = refused ? static_cast<const Error&>(*refused) : *lost;
    if (unknown.kind == ErrorKind::Network) {
      unknown.message += "; whether the order came to be is not known";
      unknown.hint = "Run the same command again: it looks for the order before it makes another";
    }
    throw Error(unknown);
  }
  co_await work.log.created(work.id());
}

}  // namespace

Task<bool> findInList(PurchaseWork& work, OrderJournal::Unfinished earlier) {
  work.report(0, "order", "looking", {{"machine_id", work.request.machineId}});
  co_await eachOrderPage(work.tools.api, {.machineId = work.request.machineId}, [&](Json orders) {
    for (Json& listed : orders) {
      if (isThatOrder(listed, work.request, earlier))
        work.order = std::move(listed);  // the oldest: the list is newest first
    }
  });
  co_return !work.order.is_null();
}

Task<void> findOrPlace(PurchaseWork& work) {
  if (const auto earlier = co_await work.log.unfinished()) {
    if (!earlier->orderId.empty()) {
      co_await findAgain(work, earlier->orderId);
    } else if (co_await findInList(work, *earlier)) {
      co_await work.log.created(work.id());
    }
    work.continued = !work.order.is_null();
  }
  if (work.continued) {
    work.report(0, "order", "continued", {{"order_id", work.id()}, {"status", textOrEmpty(work.order, "status")}});
    co_return;
  }
  co_await place(work);
}

}  // namespace peaqos::market
