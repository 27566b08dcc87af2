// SPDX-License-Identifier: Apache-2.0
#include "peaq/contract_list.hpp"

namespace peaqos::peaq {

std::vector<ListedContract> contractList(const Contracts& contracts) {
  return {{"IdentityRegistry", "identityRegistry", "IDENTITY_REGISTRY_ADDRESS", contracts.identityRegistry},
          {"IdentityStaking", "identityStaking", "IDENTITY_STAKING_ADDRESS", contracts.identityStaking},
          {"EventRegistry", "eventRegistry", "EVENT_REGISTRY_ADDRESS", contracts.eventRegistry},
          {"MachineNFT", "machineNft", "MACHINE_NFT_ADDRESS", contracts.machineNft},
          {"DID Registry", "didRegistry", "DID_REGISTRY_ADDRESS", contracts.didRegistry, true},
          {"Batch Precompile", "batchPrecompile", "BATCH_PRECOMPILE_ADDRESS", contracts.batchPrecompile, true}};
}

std::vector<ListedContract> contractList(const v2::Roles& roles) {
  std::vector<ListedContract> list;
  for (const v2::Role& role : v2::kRoles) list.push_back({role.name, role.member, role.variable, roles.*role.address});
  if (roles.eventRegistry) {
    list.push_back({"EventRegistry", "eventRegistry", v2::kEventRegistryVariable, *roles.eventRegistry});
  }
  return list;
}

}  // namespace peaqos::peaq
