// Orders of the Machine Market: reading them, and what is done once they are delivered.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "market/orchestration.hpp"

namespace peaqos::market {

// Of requests about one order. Throws Error (Input) "BAD_FIELD" where `id` cannot be part of a path.
std::string orderPath(const std::string& id);

Task<Json> order(OrchestrationApi& api, std::string id);

// An order's payment; null when it has none.
Task<Json> payment(OrchestrationApi& api, std::string orderId);

struct OrderListing {
  std::string machineId;
  std::optional<int> limit = {};
  std::optional<std::string> cursor = {};
};

Task<Page> orderPage(OrchestrationApi& api, OrderListing listing);

// Every page from `cursor` on, `limit` aside. Throws Error (Network, "ENDLESS_LIST") when a cursor comes back or the
// pages do not end.
Task<void> eachOrderPage(OrchestrationApi& api, OrderListing listing, std::function<void(Json items)> take);

// Confirms the delivery, which releases an escrow: {order, payment}.
Task<Json> confirmDelivery(OrchestrationApi& api, std::string orderId);

// Raises a dispute, which freezes the payment: {order, payment, dispute}. `evidence`: null, or an object.
Task<Json> dispute(OrchestrationApi& api, std::string orderId, std::string reason, Json evidence);

}  // namespace peaqos::market
