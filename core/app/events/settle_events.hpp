// settleEvents: what became of events that an earlier run left under way.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Looks at every open event of peaqos.log on the configured network, for some seconds each, and closes those that have
// an end. [{machineId, txHash, state: "confirmed" | "replaced" | "failed" | "pending"}], oldest first. Throws Error as
// submitEvent() does before it sends; events settled before stay settled.
Task<Json> settleEvents(Caller caller);

}  // namespace peaqos::app
