// Step 6: the machine's DID, and in proxy mode the list of machines in its operator's.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "peaq/activation/attribute_writes.hpp"

namespace peaqos::peaq {

using evm::U256;

WantedAttributes wantedAttributes(const ActivationWork& work, const U256& machineId, const U256& tokenId) {
  return {.machineId = machineId.toDecimal(),
          .nftTokenId = tokenId.toDecimal(),
          .operatorDid = work.operatorDid(),
          .documentationUrl = work.request.docUrl,
          .dataApi = work.request.dataApi,
          .visibility = work.request.visibility};
}

Task<void> writeMachineDid(const ActivationWork& work, U256 machineId, U256 tokenId, MachineAttributes present) {
  const WantedAttributes want = wantedAttributes(work, machineId, tokenId);
  AttributeTask task{.step = "machine_did",
                     .what = "machine DID write",
                     .subject = work.machine,
                     .signer = work.machineSigner(),
                     .names = kMachineAttributes,
                     .missing = [&want](const MachineAttributes& there) { return missingWrites(there, want); },
                     .row = {{"mode", work.mode()},
                             {"machine_id", evm::toJson(machineId)},
                             {"token_id", evm::toJson(tokenId)},
                             {"operator_did", work.operatorDid()}},
                     .count = "machine_did_tx_count"};
  co_await writeAttributes(work, std::move(task), std::move(present));
}

Task<void> writeProxyDid(const ActivationWork& work, U256 operatorId, U256 machineId, OperatorAttributes present) {
  Json ids = Json::array();
  for (const U256& id : withMachine(listedMachines(present), machineId)) ids.push_back(evm::toJson(id));
  AttributeTask task{
      .step = "proxy_did",
      .what = "proxy DID write",
      .subject = work.operatorAddress,
      .signer = work.context.signer,
      .names = kOperatorAttributes,
      .missing = [&](const OperatorAttributes& there) { return missingWrites(there, operatorId, machineId); },
      .row = {{"proxy_machine_id", evm::toJson(operatorId)}, {"machine_ids", std::move(ids)}},
      .count = "proxy_did_tx_count"};
  co_await writeAttributes(work, std::move(task), std::move(present));
}

}  // namespace peaqos::peaq
