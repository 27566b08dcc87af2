// settleEvents: what became of events that an earlier run left under way.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Looks every unresolved event of peaqos.log up and brings it to its end, as a rerun of its command would, without the
// event being given again. [{machineId, txHash, state: "confirmed" | "replaced"}], oldest first. Throws Error as
// submitEvent() does; events settled before stay settled.
Task<Json> settleEvents(Caller caller);

}  // namespace peaqos::app
