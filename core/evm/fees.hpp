// What a transaction should pay for its place in a block (EIP-1559).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/task.hpp"
#include "evm/rpc.hpp"

namespace peaqos::evm {

// Wei a gas unit.
struct Prices {
  U256 tip;       // maxPriorityFeePerGas
  U256 maxFee;    // maxFeePerGas: 2 x the base fee + tip
  U256 expected;  // what the next block would charge: the base fee + tip
};

// The rewards of the last 10 blocks at the 5th and the 50th percentile.
RpcCall feeHistoryCall();

// Prices from the replies to feeHistoryCall(), latestBlockCall() and eth_maxPriorityFeePerGas.
//
// The tip is what eth_maxPriorityFeePerGas says, but at most 1.5 gwei or, where that is more,
//   - twice the highest 50th percentile of the history, when any of its rewards is above 0;
//   - three times the base fee, when the node has no history or nobody paid a tip in it.
// Where the node does not know eth_maxPriorityFeePerGas, the tip is the mean of the history's rewards above 0 at the
// 5th percentile, rounded, between 1 and 1.5 gwei; 1 gwei without a history.
//
// Throws Error (Network): "NO_BASE_FEE" when the block has none, "RPC_ERROR" when it could not be read,
// "BAD_RPC_ANSWER" when the base fee or the tip is 2^128 wei or more.
Prices pricesFrom(const RpcReply& feeHistory, const RpcReply& latestBlock, const RpcReply& maxPriorityFee);

// The same from a node, asked in one request. Throws what RpcClient::read() and pricesFrom() throw.
Task<Prices> readPrices(RpcClient& rpc);

}  // namespace peaqos::evm
