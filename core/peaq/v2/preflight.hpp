// What is checked of a node and of the second generation's contracts before anything is signed (decisions 4 and 33).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "evm/rpc.hpp"
#include "peaq/networks.hpp"
#include "peaq/v2/roles.hpp"

namespace peaqos::peaq::v2 {

// What a write depends on beyond the contracts themselves.
struct PreflightScope {
  bool economic = false;                    // it takes a bond: the chain must be the one that keeps subscriptions
  std::optional<evm::U256> machineId = {};  // it is stopped by a technical pause of this machine, or of all
};

// The reads that checkPreflight() needs; they go into one batch with the caller's own.
std::vector<evm::RpcCall> preflightCalls(const Roles& roles, const PreflightScope& scope);

// Returns the node's chain id. Throws Error (Configuration) "CHAIN_MISMATCH", "CONTRACT_NOT_DEPLOYED", "PEER_UNSET",
// "PEER_MISMATCH", "NOT_ECONOMIC_AUTHORITY"; Error (Network) "TECHNICALLY_PAUSED"; in this order.
std::uint64_t checkPreflight(std::span<const evm::RpcReply> replies, const Roles& roles, const DeploymentRecord& record,
                             const PreflightScope& scope);

}  // namespace peaqos::peaq::v2
