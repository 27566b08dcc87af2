// SPDX-License-Identifier: Apache-2.0
#include "app/machine/fleet_ids.hpp"

#include "peaq/did.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::app {

Task<std::vector<evm::U256>> fleetIds(MachineWork& work, std::optional<std::string> operatorDid) {
  std::string did;
  if (operatorDid) {
    did = peaq::checkDid(*operatorDid);
  } else {
    evm::Signer* signer = co_await work.signer();
    did = peaq::didOf(signer->address());
  }
  const Json fleet = co_await work.session->mcrApi(peaq::Generation::Second).operatorMachines(std::move(did));
  std::vector<evm::U256> ids;
  for (const Json& machine : fleet["machines"]) {
    if (const auto id = peaq::v2::parseMachineDid(textOrEmpty(machine, "did"))) ids.push_back(*id);
  }
  co_return ids;
}

}  // namespace peaqos::app
