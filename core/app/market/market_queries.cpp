// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_queries.hpp"

#include <utility>

#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "market/machines.hpp"
#include "market/orders.hpp"

namespace peaqos::app {
namespace {

Json pageJson(market::Page page) {
  return {{"items", std::move(page.items)}, {"next_cursor", page.nextCursor ? Json(*page.nextCursor) : Json(nullptr)}};
}

market::OrderListing check(const OrdersRequest& request, const Caller& caller) {
  constexpr int kMost = 500;
  market::OrderListing listing{.machineId = std::string(trim(request.machineId)), .cursor = request.cursor};
  if (listing.machineId.empty()) {
    throw inputError("BAD_FIELD", caller.fieldName("machine-id") + " is blank", "Give the machine's ID");
  }
  if (!request.limit) return listing;
  const std::string& text = *request.limit;
  const auto number = text.empty() || text.size() > 9 ? std::nullopt : parseJson(text);
  const auto limit = number ? toInt64(*number) : std::nullopt;
  if (!limit || *limit < 1 || *limit > kMost) {
    throw inputError("BAD_FIELD", caller.fieldName("limit") + " is '" + printable(text) + "'",
                     "Give a whole number from 1 to 500");
  }
  listing.limit = static_cast<int>(*limit);
  return listing;
}

}  // namespace

Task<Json> marketMachine(std::string id, Caller caller) {
  const std::string field = caller.argumentName("machine-id");
  market::pathSegment(id, field);
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  co_return co_await market::machine(api, std::move(id), field);
}

Task<Json> marketMachines(Caller caller) {
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  co_return pageJson(co_await market::machines(api));
}

Task<Json> orderStatus(std::string id, Caller caller) {
  market::pathSegment(id, caller.argumentName("order-id"));
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  Json order = co_await market::order(api, id);
  Json payment = co_await market::payment(api, std::move(id));
  co_return Json{{"order", std::move(order)}, {"payment", std::move(payment)}};
}

Task<Json> orders(OrdersRequest request, Caller caller) {
  market::OrderListing listing = check(request, caller);
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  co_return pageJson(co_await market::orderPage(api, std::move(listing)));
}

Task<void> allOrders(OrdersRequest request, Caller caller, std::function<void(Json items)> take) {
  market::OrderListing listing = check(request, caller);
  const auto session = co_await Session::open(caller);
  auto api = session->platformMarket();
  co_await market::eachOrderPage(api, std::move(listing), std::move(take));
}

}  // namespace peaqos::app
