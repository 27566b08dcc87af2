// queryMcr, queryMachine, queryOperatorMachines: what the MCR API says of a machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "peaq/mcr_api.hpp"

namespace peaqos::app {

// Each checks the DID, then asks the API (peaq::McrApi, which also says what comes back). No key or node is needed.
Task<Json> queryMcr(std::string did, Caller caller);
// The ratings of several machines, a bounded number of requests side by side. `each` gets them in the order of the
// DIDs, as soon as each and all before it are known: an answer of queryMcr(), or {did, error} with `error` as
// toJson(Error) has it. Returns how many errors there were. Throws Error (Input) for a DID before anything is asked,
// and what `each` throws.
Task<std::size_t> queryMcrs(std::vector<std::string> dids, Caller caller, std::function<void(const Json&)> each);
Task<Json> queryMachine(std::string did, Caller caller);
Task<Json> queryOperatorMachines(std::string did, Caller caller);

// The same, a page of machines as soon as it is known; returns pagination.
Task<Json> readOperatorMachines(std::string did, Caller caller, peaq::McrApi::FleetPage page);

}  // namespace peaqos::app
