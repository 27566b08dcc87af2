// machine, machines, order, orders: what the Machine Market knows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Members as `--json` prints them: market/shapes.cpp. All need the platform's key; none signs or pays.

Task<Json> marketMachine(std::string id, Caller caller);

// The first page: {items, next_cursor}.
Task<Json> marketMachines(Caller caller);

// {order, payment}; the payment may be null.
Task<Json> orderStatus(std::string id, Caller caller);

struct OrdersRequest {
  std::string machineId;
  std::optional<std::string> limit = {};  // 1 to 500
  std::optional<std::string> cursor = {};
};

// One page: {items, next_cursor}.
Task<Json> orders(OrdersRequest request, Caller caller);

// All pages, each handed over as it comes.
Task<void> allOrders(OrdersRequest request, Caller caller, std::function<void(Json items)> take);

}  // namespace peaqos::app
