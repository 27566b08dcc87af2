// SPDX-License-Identifier: Apache-2.0
#include "peaq/networks.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace peaqos::peaq {
namespace {

// Precompiles of the peaq runtime, the same on every network.
constexpr std::string_view kDid = "0x0000000000000000000000000000000000000800";
constexpr std::string_view kBatch = "0x0000000000000000000000000000000000000805";

constexpr DeploymentRecord kNetworks[] = {
    {.name = "mainnet",
     .alias = "peaq",
     .chainId = 3338,
     .currency = "PEAQ",
     .contracts = {.identityRegistry = "0xb53Af985765031936311273599389b5B68aC9956",
                   .identityStaking = "0x11c05A650704136786253e8685f56879A202b1C7",
                   .eventRegistry = "0x43c6AF2E14dc1327dc3cc6c7117D1CD72fffEcbA",
                   .machineNft = "0x2943F80e9DdB11B9Dd275499C661Df78F5F691F9",
                   .didRegistry = kDid,
                   .batchPrecompile = kBatch},
     .rpcUrl = "https://peaq.api.onfinality.io/public",
     .mcrUrl = "https://mcr.peaq.xyz",
     .gasStationUrl = "https://depinstation.peaq.xyz"},
    {.name = "testnet",
     .alias = "agung",
     .chainId = 9990,
     .currency = "PEAQ",
     .contracts = {.identityRegistry = "0x9E9463a65c7B74623b3b6Cdc39F71be7274e5971",
                   .identityStaking = "0x55f336714aDb0749DbFE33b057a1702405564E3d",
                   .eventRegistry = "0x2DAD8905380993940e340C5cE6d313d5c2780040",
                   .machineNft = "0xB41C2A4f1c19b6B06beaAce0F5CD8439e77C4b1c",
                   .didRegistry = kDid,
                   .batchPrecompile = kBatch}},
    {.name = "devnet",
     .alias = "devnet",
     .chainId = 0,
     .currency = "PEAQ",
     .contracts = {.identityRegistry = {},
                   .identityStaking = {},
                   .eventRegistry = {},
                   .machineNft = {},
                   .didRegistry = kDid,
                   .batchPrecompile = kBatch}},
};

}  // namespace

std::optional<DeploymentRecord> findNetwork(std::string_view name) {
  std::string wanted(trim(name));
  std::ranges::transform(wanted, wanted.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const DeploymentRecord& network : kNetworks) {
    if (wanted == network.name || wanted == network.alias) return network;
  }
  return std::nullopt;
}

std::string networkNames() { return "mainnet (or peaq), testnet (or agung), devnet"; }

}  // namespace peaqos::peaq
