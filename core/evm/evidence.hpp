// Proof of which transaction used a nonce.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/task.hpp"
#include "evm/address.hpp"
#include "evm/rpc.hpp"

namespace peaqos::evm {

struct SeenInBlock {
  std::string hash;  // of the account's transaction with that nonce
  std::uint64_t block = 0;
};

// Finds the transaction that used a nonce, by looking into the block in which the account's count passed it: never by
// the absence of another. `from`: a block in which the nonce was still free, 0 if that is not known. Returns
// std::nullopt if the endpoint cannot show it (pruned state, backends at different heights): then nothing is proven.
// Does not throw Error of kind Network.
Task<std::optional<SeenInBlock>> findByNonce(RpcClient& rpc, Address account, std::uint64_t nonce, std::uint64_t from);

}  // namespace peaqos::evm
