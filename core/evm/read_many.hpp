// Reads of any number.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/task.hpp"
#include "evm/rpc.hpp"

namespace peaqos::evm {

// Reads, a thousand in a request. Throws as RpcClient::read() does. The client outlives it.
Task<std::vector<RpcReply>> readMany(RpcClient& rpc, std::vector<RpcCall> calls);

}  // namespace peaqos::evm
