// What the chain says of machines of the second generation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Of one machine, as peaq::v2::toJson(MachineState) has it; needs no key. Throws Error (Network) "MACHINE_NOT_FOUND",
// "MACHINE_HOMED_ELSEWHERE".
Task<Json> machineStatus(std::string machine, Caller caller);

// Of several, in few requests, in the order given; {machine_id, error} for one that is not there. Without any: of the
// machines of an operator, that of the DID, else who signs. Returns how many errors there were.
Task<std::size_t> machineStatuses(std::vector<std::string> machines, std::optional<std::string> operatorDid,
                                  Caller caller, std::function<void(const Json&)> each);

}  // namespace peaqos::app
