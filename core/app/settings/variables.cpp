// SPDX-License-Identifier: Apache-2.0
#include "app/settings/variables.hpp"

#include <algorithm>

namespace peaqos::app {
namespace {

using enum VariableKind;

constexpr Variable kVariables[] = {
    {"PEAQOS_NETWORK", Network, "mainnet", "network: mainnet, testnet or devnet"},
    {"PEAQOS_DEPLOYMENT_ID", Deployment, "",
     "contracts to work with, such as peaq-mainnet, instead of what the chain has"},
    {"PEAQOS_RPC_URL", Url, "", "JSON-RPC endpoint of a peaq node"},
    {"PEAQOS_PRIVATE_KEY", PrivateKey, "", "key that signs: 64 hexadecimal digits, with or without 0x"},
    {"PEAQOS_OWS_WALLET", Wallet, "", "wallet that signs instead: its name or ID"},
    {"OWS_PASSPHRASE", Passphrase, "", "passphrase of the vault's wallets"},
    {"PEAQOS_MCR_API_URL", Url, "http://127.0.0.1:8000", "MCR API: machines, their events and ratings"},
    {"PEAQOS_GAS_STATION_URL", Url, "", "Gas Station, which funds a wallet that is short of money"},
    {"PEAQOS_ORCHESTRATION_URL", Url, "", "Machine Market API, for scale"},
    {"PEAQOS_ORCH_API_KEY", ApiKey, "", "key of the Machine Market; an agent's own commands need none"},
    {"PEAQOS_WEBHOOK_URL", Webhook, "", "where peaqos console posts news of the fleet while no tab is open"},
    {"PEAQOS_WEBHOOK_SECRET", ApiKey, "", "secret that signs those posts, and the lines of peaqos watch --webhook"},
    {"PEAQOS_TIMEOUT", Seconds, "30", "seconds for one request"},
    {"PEAQOS_RECEIPT_TIMEOUT", Seconds, "120", "seconds to wait for a transaction"},
    {"PEAQOS_MAX_FEE", Coins, "1", "coins that one transaction's fee may come to"},
    {"PEAQOS_POLICY", File, "", "file that bounds what may be signed, instead of peaqos-policy.json"},
    {"IDENTITY_REGISTRY_ADDRESS", Address, "", "contract that registers machines, instead of the network's"},
    {"IDENTITY_STAKING_ADDRESS", Address, "", "contract that holds bonds, instead of the network's"},
    {"EVENT_REGISTRY_ADDRESS", Address, "", "contract that records events, instead of the network's"},
    {"MACHINE_NFT_ADDRESS", Address, "", "contract of the machine NFT, instead of the network's"},
    {"DID_REGISTRY_ADDRESS", Address, "", "precompile that holds DIDs, instead of the network's"},
    {"BATCH_PRECOMPILE_ADDRESS", Address, "",
     "precompile that runs calls in one transaction, instead of the network's"},
};

constexpr std::string_view kKinds[] = {"url",     "network", "private-key", "wallet",  "passphrase", "api-key",
                                       "webhook", "seconds", "coins",       "address", "file",       "deployment"};

}  // namespace

std::string_view name(VariableKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::string Variable::description() const {
  std::string text(help);
  if (!fallback.empty()) text += " (default: " + std::string(fallback) + ")";
  return text;
}

std::span<const Variable> variables() { return kVariables; }

const Variable* findVariable(std::string_view name) {
  const auto* const found = std::ranges::find(kVariables, name, &Variable::name);
  return found == std::end(kVariables) ? nullptr : found;
}

}  // namespace peaqos::app
