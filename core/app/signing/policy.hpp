// The policy of the working directory: what it says, what is left of it, and what it would say to an operation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/events/submit_event.hpp"
#include "app/machine/plan_activation.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Checks the policy of PEAQOS_POLICY, or else peaqos-policy.json of the working directory. Gives its absolute path.
// Throws Error (Configuration): "NO_POLICY" where there is none, and as policy::readPolicy().
Task<std::string> checkPolicy(Caller caller);

// {file, rules, limits}: the file's path and content, both null without a policy, and of each limit {rule, currency,
// limit, spent, left}, amounts as texts in whole coins or tokens. Throws as policy::readPolicy(), and
// "BAD_JOURNAL_ROW".
Task<Json> showPolicy(Caller caller);

// What the policy says to an operation, which is prepared as far as nothing is signed, sent or recorded: {file,
// verdict, transactions, note}. `verdict` is "allowed", "refused", or "person" where one would have to agree; of each
// transaction that is known {step, verdict, reason, hint}, the last two null where it is allowed. `note` says what
// could not be judged, and is null where everything could. Each transaction is judged again before it is signed.
Task<Json> testEventPolicy(SubmitEventRequest request, Caller caller);
Task<Json> testActivationPolicy(PlanActivationRequest request, Caller caller);
Task<Json> testEventsPolicy(Caller caller);
Task<Json> testOrderPolicy(std::string machineId, Caller caller);

}  // namespace peaqos::app
