// What peaqOS is deployed on, and where its contracts are, as data: the only home of addresses.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peaqos::peaq {

// The two generations of the protocol's contracts. Neither knows the machines of the other (decision 27).
enum class Generation : std::uint8_t { First = 1, Second = 2 };

// The first generation's contracts, as "0x" texts; empty where the deployment has none or it is not known.
struct ContractRecord {
  std::string_view identityRegistry, identityStaking, eventRegistry, machineNft, didRegistry, batchPrecompile;
};

// The second generation's contracts by the roles that they have in it; empty where the deployment has none.
struct RoleRecord {
  std::string_view infoDesk, machineRegistry, machineStateAndSync, machineSubscription, crossChainMirror,
      machineBridgeAdapter, provisionPool, eventRegistry;
};

// Contracts of one generation on one network. Their addresses are those of peaq's published lists.
struct DeploymentRecord {
  std::string_view id;  // value of PEAQOS_DEPLOYMENT_ID
  Generation generation;
  std::string_view name;          // value of PEAQOS_NETWORK
  std::string_view alias;         // the chain's own name, also the Gas Station's `chainId`
  std::uint64_t chainId;          // EIP-155; 0: any (a development chain)
  std::string_view currency;      // native currency, 18 decimals
  ContractRecord contracts = {};  // of the first generation
  RoleRecord roles = {};          // of the second
  std::string_view rpcUrl = {}, mcrUrl = {}, gasStationUrl = {};  // what `init` offers; empty where none is public
  std::uint64_t eventStartBlock = 0;          // the second generation's contracts have no logs before it
  std::string_view monetizationVersion = {};  // of the MCR API, where it has opt-ins
  std::string_view date = {};                 // of the second generation's list, e.g. "2026-09-01"
  bool renewalTierSelection = false;          // whether a renewal can change the tier

  bool isDevelopment() const { return chainId == 0; }
};

// A network of a name or alias, in any letter case and with blanks around it, with its contracts of one generation;
// nothing for an unknown one.
std::optional<DeploymentRecord> findNetwork(std::string_view name, Generation generation = Generation::First);

// The record of an id, with blanks around it; nothing for an unknown one.
std::optional<DeploymentRecord> findDeployment(std::string_view id);

// Every id, for messages: "peaq-mainnet, agung-2026-08-28, ...".
std::string deploymentIds();

// The accepted names, for messages: "mainnet, testnet or devnet".
std::string networkNames();

}  // namespace peaqos::peaq
