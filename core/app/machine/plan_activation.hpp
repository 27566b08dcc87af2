// planActivation: what an activation would still do, and what it would cost; as numbers for a page, and as the plan of
// a command.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/machine/activate.hpp"
#include "app/signing/plan.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "peaq/activation_plan.hpp"

namespace peaqos::app {

struct PlanActivationRequest {
  std::string docUrl;  // empty: not known yet
  std::string dataApi;
  std::optional<std::string> visibility;
  bool skipFunding = false;
  std::optional<std::string> machine = {};  // proxy mode: the machine's address; its key is not needed
};

class Session;

// The plan of an activation with the configured signer; only reads, and unlocks nothing. Throws as planActivation().
struct ActivationToPlan {
  peaq::ActivationPlan plan;
  peaq::Contracts contracts;
};
Task<ActivationToPlan> readActivationPlan(PlanActivationRequest request, Caller caller, Session& session);

// Only reads, and unlocks nothing. {currency, gasPriceWei, bondWei (still due), totalWei, operator, machine, steps}:
// `operator` and, in proxy mode, `machine` {address, balanceWei, needsWei, missingWei}, else null; each step {name,
// state: "due" | "done" | "omitted"} and, when it sends a transaction, {payer: "operator" | "machine", valueWei, gas,
// feeWei, estimated}.
// Throws Error: Input for a field, else as activate() before it spends anything.
Task<Json> planActivation(PlanActivationRequest request, Caller caller);

// The plan of `activate`. In proxy mode the machine's address will do: its key, if given, is not looked at. Throws as
// activate() does before it spends anything, but for missing money: that is told as read "shortfall".
Task<Plan> planActivate(ActivateRequest request, Caller caller);

}  // namespace peaqos::app
