// What a transaction should pay for its place in a block (EIP-1559).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/task.hpp"
#include "evm/rpc.hpp"

namespace peaqos::evm {

// The priority fee in wei a gas unit for nodes without eth_maxPriorityFeePerGas: the mean of the recent non-zero
// rewards at the 5th percentile, between 1 and 1.5 gwei (chain.md 3.1).
Task<U256> suggestedTip(RpcClient& rpc);

}  // namespace peaqos::evm
