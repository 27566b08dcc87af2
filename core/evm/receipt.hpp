// What became of a transaction.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "evm/address.hpp"
#include "evm/rpc.hpp"

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
  std::optional<U256> fee = {};  // wei paid for gas, where the node says it
  std::vector<Log> logs;
};

// Reads the reply to eth_getTransactionReceipt; nothing while the transaction is not mined. Throws Error (Network,
// "BAD_RPC_ANSWER") for a receipt without the fields above.
std::optional<Receipt> receiptFrom(const RpcReply& reply);

}  // namespace peaqos::evm
