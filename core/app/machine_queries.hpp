// queryMcr, queryMachine, queryOperatorMachines: what the MCR API says of a machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Each checks the DID, then asks the API (peaq::McrApi, which also says what comes back). No key or node is needed.
Task<Json> queryMcr(std::string did, Caller caller);
Task<Json> queryMachine(std::string did, Caller caller);
Task<Json> queryOperatorMachines(std::string did, Caller caller);

}  // namespace peaqos::app
