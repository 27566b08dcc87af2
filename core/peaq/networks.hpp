// The networks that peaqOS is deployed on, as data.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peaqos::peaq {

// The contracts of one deployment, as "0x" texts; empty where the deployment has none or it is not known.
struct ContractRecord {
  std::string_view identityRegistry, identityStaking, eventRegistry, machineNft, didRegistry, batchPrecompile;
};

// One network. Its addresses are those of peaq's published list.
struct DeploymentRecord {
  std::string_view name;      // value of PEAQOS_NETWORK
  std::string_view alias;     // the chain's own name, also the Gas Station's `chainId`
  std::uint64_t chainId;      // EIP-155; 0: any (a development chain)
  std::string_view currency;  // native currency, 18 decimals
  ContractRecord contracts;
  std::string_view rpcUrl = {}, mcrUrl = {}, gasStationUrl = {};  // what `init` offers; empty where none is public
};

// The network of a name or alias, in any letter case and with blanks around it; nothing for an unknown one.
std::optional<DeploymentRecord> findNetwork(std::string_view name);

// The accepted names, for messages: "mainnet, testnet or devnet".
std::string networkNames();

}  // namespace peaqos::peaq
