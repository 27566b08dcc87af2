// Payments of orders: what the API is asked for, and told (docs/market.md#endpoints, E13 to E15).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "market/orchestration.hpp"
#include "market/payment_terms.hpp"

namespace peaqos::market {

// Asks for a payment on the rail that the order recommends.
Task<Json> createIntent(OrchestrationApi& api, Json order);

// What a payment was made with.
struct PaymentProof {
  std::string transaction;
  std::string chain;                      // CAIP-2
  std::string token;                      // symbol; may be empty
  std::optional<unsigned> decimals = {};  // of the token, and
  std::optional<evm::U256> units = {};    // what was transferred: both or none
};

// Tells the API how a payment was made: a proof for the payee's rails, a lock for an escrow's. Throws Error (Network,
// "BAD_PAYMENT") for terms that lack what the API wants to be told.
Task<Json> reportPayment(OrchestrationApi& api, std::string orderId, PaymentTerms terms, PaymentProof proof);

}  // namespace peaqos::market
