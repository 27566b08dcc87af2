// An order's last step: the service does its work, or hands over to an external one (docs/market.md#endpoints, E16).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "market/orchestration.hpp"

namespace peaqos::market {

// Executes an order: {order, execution}. The execution is {status_code: 200, run, outcome} or {status_code: 202,
// handoff}. `input`: null, or the order's own.
Task<Json> execute(OrchestrationApi& api, std::string orderId, Json input);

}  // namespace peaqos::market
