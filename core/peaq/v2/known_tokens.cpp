// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/known_tokens.hpp"

#include "peaq/v2/roles.hpp"

namespace peaqos::peaq::v2 {

// The development record serves the chains that no other one is for.
bool isMachineRegistry(std::uint64_t chainId, const evm::Address& address) {
  const auto development = *findNetwork("devnet", Generation::Second);
  for (const char* network : {"mainnet", "testnet"}) {
    const auto record = *findNetwork(network, Generation::Second);
    if (record.chainId == chainId) return rolesOf(record.roles).machineRegistry == address;
  }
  return rolesOf(development.roles).machineRegistry == address;
}

}  // namespace peaqos::peaq::v2
