// SPDX-License-Identifier: Apache-2.0
#include "app/machine/machine_status.hpp"

#include <utility>

#include "app/failure.hpp"
#include "app/machine/fleet_ids.hpp"
#include "app/machine/work.hpp"
#include "base/error.hpp"

namespace peaqos::app {

Task<Json> machineStatus(std::string machine, Caller caller) {
  const evm::U256 id = checkMachineId(machine, caller.argumentName("machine-id"));
  const auto work = co_await MachineWork::open(std::move(caller));
  const MachineWork::Seen seen = co_await work->look({id});
  if (!seen.machines[0].owner) throw peaq::v2::absence(seen.machines[0]);
  co_return peaq::v2::toJson(seen.machines[0]);
}

Task<std::size_t> machineStatuses(std::vector<std::string> machines, std::optional<std::string> operatorDid,
                                  Caller caller, std::function<void(const Json&)> each) {
  std::vector<evm::U256> ids;
  for (const std::string& machine : machines) ids.push_back(checkMachineId(machine, caller.argumentName("machine-id")));
  const auto work = co_await MachineWork::open(std::move(caller));
  if (ids.empty()) ids = co_await fleetIds(*work, std::move(operatorDid));
  const MachineWork::Seen seen = co_await work->look(std::move(ids));
  std::size_t errors = 0;
  for (const peaq::v2::MachineState& machine : seen.machines) {
    if (machine.owner) {
      each(peaq::v2::toJson(machine));
      continue;
    }
    ++errors;
    each({{"machine_id", machine.id.toDecimal()}, {"error", toJson(peaq::v2::absence(machine))}});
  }
  co_return errors;
}

}  // namespace peaqos::app
