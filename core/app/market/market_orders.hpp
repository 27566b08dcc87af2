// placeOrder, confirmOrder, disputeOrder: what a paired agent does with orders.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/signing/plan.hpp"
#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct PlaceOrderRequest {
  std::string serviceId, machineId, agentPairingId;
  Secret pairingToken;
  std::optional<std::string> searchId = {}, quoteId = {}, operation = {};
  std::optional<std::string> budgetAmount = {}, budgetCurrency = {};
  std::optional<std::string> input = {};           // JSON text of an object
  std::optional<Secret> providerCredentials = {};  // JSON text
  std::string inputName = {}, credentialsName = {};
  std::optional<std::string> paymentTxHash = {}, paymentChain = {}, paymentToken = {};
  bool skipPayment = false;
  bool yes = false;  // nobody is asked anything
};

// {order, payment, execution}: `payment` only where there is one, `execution` null when an earlier run executed the
// order. Nothing when the user declined. Continues an equal order that was broken off (market::purchase()).
Task<std::optional<Json>> placeOrder(PlaceOrderRequest request, Caller caller);

// What placeOrder() would do, from reads alone; the wallet is not unlocked. Throws as it does before it orders.
Task<Plan> planOrder(PlaceOrderRequest request, Caller caller);

// {order, payment}. It releases an escrow.
Task<Json> confirmOrder(std::string orderId, Secret pairingToken, Caller caller);

struct DisputeRequest {
  std::string orderId, reason;
  Secret pairingToken;
  std::optional<std::string> evidence = {};  // JSON text of an object
  std::string evidenceName = {};
  bool yes = false;  // no confirmation
};

// {order, payment, dispute}; nothing when the user declined.
Task<std::optional<Json>> disputeOrder(DisputeRequest request, Caller caller);

}  // namespace peaqos::app
