// Beginning or prolonging the subscription of one machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/machine/consent.hpp"
#include "app/signing/plan.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct SubscriptionRequest {
  std::string machine;                          // its id
  bool renewal = false;                         // else it begins
  std::optional<std::string> tier = {};         // entry, basic or pro
  std::string payment = "peaq";                 // peaq or usdt
  std::optional<std::string> slippageBps = {};  // 0 to 10000, with usdt alone
  Consent consent = Consent::Ask;
};

// {status, error_code, action, deployment_id, chain_id, contract, method, machine_id, transaction_hash, phase, details}
// as changeMachine() has them, and {owner, payer, controller, tier, bond_amount, credit, net_peaq_amount,
// previous_period_end, period_end, bonded_amount} as texts. A renewal is a new one each time; one that an earlier run
// left under way is that one. Throws Error as BondPayer does; Configuration "RENEWAL_TIER_UNSUPPORTED".
Task<Json> subscribeMachine(SubscriptionRequest request, Caller caller);

// What subscribeMachine() would send. Throws as it does before it signs anything.
Task<Plan> planSubscription(SubscriptionRequest request, Caller caller);

}  // namespace peaqos::app
