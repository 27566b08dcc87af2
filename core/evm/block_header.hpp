// What tells a block from others, from the node.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "evm/rpc.hpp"

namespace peaqos::evm {

struct BlockHeader {
  std::uint64_t number = 0;
  Hash256 hash{};
  std::int64_t timestamp = 0;  // Unix seconds
};

// eth_getBlockByNumber without the block's transactions.
RpcCall headerCall(std::uint64_t number);

// Reads the reply to headerCall() or latestBlockCall(); std::nullopt for a block that the node does not have. Throws
// Error (Network): "RPC_ERROR", "BAD_RPC_ANSWER".
std::optional<BlockHeader> headerFrom(const RpcReply& reply);

}  // namespace peaqos::evm
