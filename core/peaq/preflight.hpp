// What is checked of a node and its contracts before a transaction is made (decision 4).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "evm/rpc.hpp"
#include "peaq/contracts.hpp"
#include "peaq/networks.hpp"

namespace peaqos::peaq {

struct NamedContract {
  std::string_view variable;  // the environment variable that sets it, for messages
  evm::Address address;
};

// What is wrong with a node of this chain; nothing when it is the network's. Error (Configuration) "CHAIN_ID_MISMATCH".
std::optional<Error> otherChain(std::uint64_t chainId, const DeploymentRecord& network);

// The reads that checkPreflight() needs: one and another for each contract.
std::vector<evm::RpcCall> preflightCalls(std::span<const NamedContract> contracts);

// The node's chain id, once it is the network's and every contract has code. Throws Error (Configuration):
// "CHAIN_ID_MISMATCH", "NO_CONTRACT_CODE".
std::uint64_t checkPreflight(std::span<const evm::RpcReply> replies, std::span<const NamedContract> contracts,
                             const DeploymentRecord& network);

}  // namespace peaqos::peaq
