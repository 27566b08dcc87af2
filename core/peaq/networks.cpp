// SPDX-License-Identifier: Apache-2.0
#include "peaq/networks.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/text.hpp"

namespace peaqos::peaq {
namespace {

// Precompiles of the peaq runtime, the same on every network.
constexpr std::string_view kDid = "0x0000000000000000000000000000000000000800";
constexpr std::string_view kBatch = "0x0000000000000000000000000000000000000805";

// What the generations of one network have in common.
constexpr DeploymentRecord kMainnet = {.id = {},
                                       .generation = Generation::First,
                                       .name = "mainnet",
                                       .alias = "peaq",
                                       .chainId = 3338,
                                       .currency = "PEAQ",
                                       .rpcUrl = "https://peaq.api.onfinality.io/public",
                                       .mcrUrl = "https://mcr.peaq.xyz",
                                       .gasStationUrl = "https://depinstation.peaq.xyz"};
constexpr DeploymentRecord kTestnet = {.id = {},
                                       .generation = Generation::First,
                                       .name = "testnet",
                                       .alias = "agung",
                                       .chainId = 9990,
                                       .currency = "PEAQ"};
constexpr DeploymentRecord kDevnet = {
    .id = {}, .generation = Generation::First, .name = "devnet", .alias = "devnet", .chainId = 0, .currency = "PEAQ"};

constexpr DeploymentRecord first(DeploymentRecord network, std::string_view id, const ContractRecord& contracts) {
  network.id = id;
  network.contracts = contracts;
  return network;
}

struct SecondGeneration {
  std::string_view date;
  std::uint64_t eventStartBlock = 0;
  std::string_view monetizationVersion = {};
};

constexpr DeploymentRecord second(DeploymentRecord network, std::string_view id, const RoleRecord& roles,
                                  const SecondGeneration& more) {
  network.id = id;
  network.generation = Generation::Second;
  network.roles = roles;
  network.date = more.date;
  network.eventStartBlock = more.eventStartBlock;
  network.monetizationVersion = more.monetizationVersion;
  return network;
}

constexpr std::string_view kMonetization = "tokenomics-2.0-monetization-v1";

constexpr DeploymentRecord kDeployments[] = {
    second(kMainnet, "peaq-mainnet",
           {.infoDesk = "0x6C7426ada37212D94477Ac4CFcA43A38177D6A82",
            .machineRegistry = "0x64b93Cc29b251fAFa83BD110cDB1C24207f85536",
            .machineStateAndSync = "0xcD1917FB2a56459AcA34FDD118e08776dE0890f2",
            .machineSubscription = "0x9e37AD189c334C92e6B8a812Ca4c02f35Ac43895",
            .crossChainMirror = "0x71DCB313977d6884212395505f081a2991Bfe8E5",
            .machineBridgeAdapter = "0x791087c35484b567c53f392a624d2e4BaDcC53DF",
            .provisionPool = "0x7088Cf400081428a41a4287B75AC633071c0e92A",
            .eventRegistry = "0xA1e7F1d7B24dAb55Dc92491e6d9B89F6E925Ad1e"},
           {.date = "2026-09-01", .eventStartBlock = 11446416, .monetizationVersion = kMonetization}),
    second(kTestnet, "agung-2026-08-28",
           {.infoDesk = "0x72b66AF120c55371cA6e5Ce38D4e10dF1bA30Bb1",
            .machineRegistry = "0x538da35489B1F0035799a8351E67835ae4ABb377",
            .machineStateAndSync = "0xA7D33726232aae30622643a18047f0Ca3e159da9",
            .machineSubscription = "0xaDCc5dD8CD57E3198B881c3388F25D2fD69B5aDc",
            .crossChainMirror = "0xd5F8d5944c5d488B1cD698D642FC8156a8CD0c0c",
            .machineBridgeAdapter = "0x0406e7bE522AEa626aee54f6258D415215e59F76",
            .provisionPool = "0x8A3692Ad0AcF79BB89413514Af9957d95032e19B",
            .eventRegistry = {}},
           {.date = "2026-08-28", .eventStartBlock = 10490372}),
    // Of every devnet: devnet/src/deploy2.mjs says how its addresses come about.
    second(kDevnet, "devnet",
           {.infoDesk = "0x034a685fb7aF6b3e4aD2F215dF99160E2598b21c",
            .machineRegistry = "0xAdf3DaB66BbE4e624D0DdbE1D2E652Ed50edf6A9",
            .machineStateAndSync = "0xa5ce95ff879E753a665106934f038D1cC83F7842",
            .machineSubscription = "0xF19d0F687432fa48868E168788Cb624ED086C6AC",
            .crossChainMirror = "0xe495C50eA8EbdcdB92FcbBF42259D4aeAca7a951",
            .machineBridgeAdapter = "0x48b8D1D5311778Af96dd0f56aA8008CdB8aD3B96",
            .provisionPool = "0x95304b867AFed6CC5264E0d499bB990618c45c69",
            .eventRegistry = "0xcA6074205F6C466642Fb265Ed466001F0FCfecAe"},
           {.date = {}, .monetizationVersion = kMonetization}),
    first(kMainnet, "peaq-mainnet-1",
          {.identityRegistry = "0xb53Af985765031936311273599389b5B68aC9956",
           .identityStaking = "0x11c05A650704136786253e8685f56879A202b1C7",
           .eventRegistry = "0x43c6AF2E14dc1327dc3cc6c7117D1CD72fffEcbA",
           .machineNft = "0x2943F80e9DdB11B9Dd275499C661Df78F5F691F9",
           .didRegistry = kDid,
           .batchPrecompile = kBatch}),
    first(kTestnet, "agung-1",
          {.identityRegistry = "0x9E9463a65c7B74623b3b6Cdc39F71be7274e5971",
           .identityStaking = "0x55f336714aDb0749DbFE33b057a1702405564E3d",
           .eventRegistry = "0x2DAD8905380993940e340C5cE6d313d5c2780040",
           .machineNft = "0xB41C2A4f1c19b6B06beaAce0F5CD8439e77C4b1c",
           .didRegistry = kDid,
           .batchPrecompile = kBatch}),
    first(kDevnet, "devnet-1",
          {.identityRegistry = {},
           .identityStaking = {},
           .eventRegistry = {},
           .machineNft = {},
           .didRegistry = kDid,
           .batchPrecompile = kBatch}),
};

}  // namespace

std::optional<DeploymentRecord> findNetwork(std::string_view name, Generation generation) {
  const std::string wanted = lowerCase(trim(name));
  for (const DeploymentRecord& record : kDeployments) {
    if (record.generation == generation && (wanted == record.name || wanted == record.alias)) return record;
  }
  return std::nullopt;
}

std::optional<DeploymentRecord> findDeployment(std::string_view id) {
  const auto found = std::ranges::find(kDeployments, trim(id), &DeploymentRecord::id);
  return found == std::end(kDeployments) ? std::nullopt : std::optional(*found);
}

std::string deploymentIds() {
  std::vector<std::string> ids;
  for (const DeploymentRecord& record : kDeployments) ids.emplace_back(record.id);
  return join(ids, ", ");
}

std::string networkNames() { return "mainnet (or peaq), testnet (or agung), devnet"; }

}  // namespace peaqos::peaq
