// SPDX-License-Identifier: Apache-2.0
#include "peaq/preflight.hpp"

#include <utility>

namespace peaqos::peaq {

std::vector<evm::RpcCall> preflightCalls(std::span<const NamedContract> contracts) {
  std::vector<evm::RpcCall> calls{evm::chainIdCall()};
  for (const NamedContract& contract : contracts) calls.push_back(evm::codeCall(contract.address));
  return calls;
}

std::optional<Error> otherChain(std::uint64_t chainId, const DeploymentRecord& network) {
  if (network.chainId == 0 || chainId == network.chainId) return std::nullopt;
  return configurationError("CHAIN_ID_MISMATCH",
                            "PEAQOS_RPC_URL is a node of chain " + std::to_string(chainId) + ", but PEAQOS_NETWORK " +
                                std::string(network.name) + " is chain " + std::to_string(network.chainId) +
                                "; nothing was sent",
                            "Set PEAQOS_RPC_URL and PEAQOS_NETWORK to the same network");
}

std::uint64_t checkPreflight(std::span<const evm::RpcReply> replies, std::span<const NamedContract> contracts,
                             const DeploymentRecord& network) {
  const std::uint64_t chainId = evm::uint64Of(replies[0], "the chain id");
  if (auto mismatch = otherChain(chainId, network)) throw std::move(*mismatch);
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    const std::string variable(contracts[i].variable);
    if (!evm::dataOf(replies[i + 1], "the code of " + variable).empty()) continue;
    throw configurationError("NO_CONTRACT_CODE",
                             variable + " " + evm::toChecksum(contracts[i].address) + " has no contract on chain " +
                                 std::to_string(chainId) + "; nothing was sent",
                             "Set " + variable + " to the network's contract");
  }
  return chainId;
}

}  // namespace peaqos::peaq
