// Fulfilling one wish about a machine of the second generation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "app/caller.hpp"
#include "app/machine/consent.hpp"
#include "app/machine/wish.hpp"
#include "app/signing/plan.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// The step of such changes in peaqos.log.
constexpr char kMachineActionStep[] = "machine_action";

// Brings what earlier runs left under way for this machine to its end, then looks at the chain: a wish that it shows
// already sends nothing. Else the plan is shown and agreed to, the call tried, signed, sent and proven by its event and
// by the state afterwards.
//
// {status: "confirmed" | "preview", error_code: "CONFIRMED" | "ALREADY_CONFIRMED" | "PREVIEW", action, deployment_id,
// chain_id, contract, method, machine_id or operator, transaction_hash (where one was sent), phase, details}. Throws
// Error: Input for the wish; Configuration for the deployment; Network, among them the codes of
// peaq::v2::errorFrom(), "EVENT_MISMATCH" and "STATE_MISMATCH".
Task<Json> changeMachine(std::unique_ptr<Wish> wish, Consent consent, Caller caller);

// Writes what changeMachine() would sign now into a new file, for signFile(): nothing is asked, signed or recorded.
// Gives what writeUnsigned() gives. Throws as changeMachine() does before it signs; Error (Input) "ALREADY_CONFIRMED"
// where the chain shows already what is wanted.
Task<Json> writeUnsignedChange(std::unique_ptr<Wish> wish, std::string file, Caller caller);

// What changeMachine() would send; nothing where the chain shows already what is wanted. Throws as it does before it
// signs anything. `command` is the plan's name: "machine suspend".
Task<Plan> planChange(std::unique_ptr<Wish> wish, std::string command, Caller caller);

}  // namespace peaqos::app
