// activate, on whichever generation the deployment has: one set of fields, of which each generation takes its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "app/machine/activation_fields.hpp"
#include "app/signing/plan.hpp"
#include "peaq/v2/activation.hpp"

namespace peaqos::app {

using ActivateMachineResult = std::variant<peaq::ActivationResult, peaq::v2::Activation>;

// Chooses the deployment, refuses fields of the other generation, asks a person for what is missing, and activates.
// Throws Error: Input for a field ("MISSING_FIELD", "BAD_FIELD", "OTHER_GENERATION"), else as the activation of the
// generation does.
Task<ActivateMachineResult> activateMachine(ActivateMachineRequest request, Caller caller);

// What an activation would still do and cost, from reads alone, in numbers for a page: as planActivation() has it. In
// the second generation `machine` is the owner where that is another account than the signer, each step's value what is
// paid by it, and the result has beside that `roles` {signs, owns, pays, controls}, addresses, `machineId` and
// `creditWei`, what of the bond a voucher pays. A machine's key is not needed.
Task<Json> quoteActivation(ActivateMachineRequest request, Caller caller);

// What activateMachine() would do, from reads alone. Throws as it does before it sends anything.
Task<Plan> planActivateMachine(ActivateMachineRequest request, Caller caller);

Json toJson(const ActivateMachineResult& result);

}  // namespace peaqos::app
