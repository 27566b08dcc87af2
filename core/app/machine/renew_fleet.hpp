// Renewing every machine of an operator whose subscription ends soon, in one go.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "app/machine/consent.hpp"
#include "app/signing/plan.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct RenewFleetRequest {
  std::string before = "30d";              // a machine is due when its period ends within this span from now
  std::optional<std::string> did = {};     // of the operator; else who signs
  std::vector<std::string> machines = {};  // instead of the operator's: exactly these, as far as they are due
  Consent consent = Consent::Ask;
};

// One plan with the sum, one question, one approval; then each machine's own transaction, in the ledger like every
// other. Which machines are due the chain says each time, so that a run that was broken off is simply run again.
//
// {status: "confirmed" | "preview" | "partial", deployment_id, chain_id, due_before, machines: [{machine_id,
// status: "renewed" | "due" | "not_due" | "ended" | "cannot" | "failed" | "pending", tier, subscription, period_end,
// previous_period_end, bond_amount, credit, net_peaq_amount, transaction_hash, error}], totals: {machines, renewed,
// due, bond_amount, credit, net_peaq_amount}}; numbers and amounts as texts, what is not known left out.
Task<Json> renewFleet(RenewFleetRequest request, Caller caller);

// What renewFleet() would send. Throws as it does before it signs anything.
Task<Plan> planRenewFleet(RenewFleetRequest request, Caller caller);

}  // namespace peaqos::app
