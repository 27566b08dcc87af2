// The machines of the second generation that an operator owns or controls, as the MCR API lists them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/machine/work.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Of the operator of this DID, else of who signs. Throws Error (Input) for the DID; else as McrApi does.
Task<std::vector<evm::U256>> fleetIds(MachineWork& work, std::optional<std::string> operatorDid);

}  // namespace peaqos::app
