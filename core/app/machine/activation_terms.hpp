// What an activation wants to know and costs, on whichever generation the deployment has: for forms.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Only reads, and needs no key. {deployment (as whoami has it), currency, steps: the names of Progress in their order,
// fields: [{name, required}] by the members of activate, tiers: [{name, bondWei}]}. Without subscriptions there are no
// tiers; `bondWei` is null while the protocol has no price. Throws Error: Configuration, Network.
Task<Json> activationTerms(Caller caller);

}  // namespace peaqos::app
