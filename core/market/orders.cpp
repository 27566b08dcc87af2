// SPDX-License-Identifier: Apache-2.0
#include "market/orders.hpp"

#include <set>
#include <utility>

#include "base/error.hpp"
#include "host/percent_encoding.hpp"
#include "market/shapes.hpp"

namespace peaqos::market {
namespace {

constexpr int kMostPages = 10'000;

Error endless(const std::string& why) {
  return networkError("ENDLESS_LIST", "the Machine Market's list of orders does not end: " + why,
                      "Use --limit and --cursor to read it page by page");
}

// The parts of an answer that tells what became of an order.
Json settled(const Json& answer, const ApiRequest& request) {
  const auto part = [&](const char* name) {
    const Json* value = findMember(answer, name);
    return value ? *value : Json(nullptr);
  };
  const Json payment = part("payment");
  return {{"order", OrchestrationApi::conform(part("order"), orderFields(), request)},
          {"payment", payment.is_null() ? payment : OrchestrationApi::conform(payment, paymentFields(), request)}};
}

}  // namespace

std::string orderPath(const std::string& id) { return "/market/orders/" + pathSegment(id, "the order's ID"); }

Task<Json> order(OrchestrationApi& api, std::string id) {
  co_return co_await api.item({"GET", orderPath(id), Asker::Platform}, orderFields());
}

Task<Json> payment(OrchestrationApi& api, std::string orderId) {
  try {
    co_return co_await api.maybeItem({"GET", orderPath(orderId) + "/payment", Asker::Platform}, paymentFields());
  } catch (const Refusal& refusal) {
    if (refusal.code != "NOT_FOUND") throw;
  }
  co_return nullptr;
}

Task<Page> orderPage(OrchestrationApi& api, OrderListing listing) {
  std::string path = "/market/orders?machineId=" + host::percentEncode(listing.machineId);
  if (listing.limit) path += "&limit=" + std::to_string(*listing.limit);
  if (listing.cursor) path += "&cursor=" + host::percentEncode(*listing.cursor);
  co_return co_await api.page({"GET", std::move(path), Asker::Platform}, orderFields());
}

Task<void> eachOrderPage(OrchestrationApi& api, OrderListing listing, std::function<void(Json items)> take) {
  listing.limit.reset();
  std::set<std::string> seen;
  for (int pages = 0; pages < kMostPages; ++pages) {
    if (listing.cursor && !seen.insert(*listing.cursor).second) throw endless("a cursor came back");
    Page page = co_await orderPage(api, listing);
    take(std::move(page.items));
    if (!page.nextCursor) co_return;
    listing.cursor = std::move(page.nextCursor);
  }
  throw endless("it has more than " + std::to_string(kMostPages) + " pages");
}

Task<Json> confirmDelivery(OrchestrationApi& api, std::string orderId) {
  const ApiRequest request{"POST", orderPath(orderId) + "/confirm", Asker::Agent};
  co_return settled(co_await api.raw(request), request);
}

Task<Json> dispute(OrchestrationApi& api, std::string orderId, std::string reason, Json evidence) {
  Json body{{"reason", std::move(reason)}};
  if (!evidence.is_null()) body["evidence"] = std::move(evidence);
  const ApiRequest request{"POST", orderPath(orderId) + "/dispute", Asker::Agent, std::move(body)};
  const Json answer = co_await api.raw(request);
  Json result = settled(answer, request);
  const Json* raised = findMember(answer, "dispute");
  result["dispute"] = OrchestrationApi::conform(raised ? *raised : Json(nullptr), disputeFields(), request);
  co_return result;
}

}  // namespace peaqos::market
