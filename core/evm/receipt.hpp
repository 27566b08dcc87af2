// What became of a transaction.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "evm/address.hpp"
#include "evm/rpc_reply.hpp"

namespace peaqos::evm {

struct Log {
  Address emitter;
  std::vector<Hash256> topics;
  Bytes data;
};

struct Receipt {
  Hash256 transaction{};
  bool succeeded = false;  // EIP-658 status 1
  std::uint64_t block = 0;
  std::optional<U256> fee = {};               // wei paid for gas, where the node reports it
  std::optional<std::uint64_t> gasUsed = {};  // units, where the node reports them
  std::vector<Log> logs = {};
};

// Reads the reply to eth_getTransactionReceipt for the transaction `asked`. Returns std::nullopt while it is not mined:
// for null, and for a receipt without block number or block hash (pending). Throws Error (Network, "BAD_RPC_ANSWER")
// for another transaction's receipt, and for one that lacks a field above.
std::optional<Receipt> receiptFrom(const RpcReply& reply, const Hash256& asked);

}  // namespace peaqos::evm
