// How the configured network is doing, for whoever looks at it all day; needs no key.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "evm/u256.hpp"

namespace peaqos::app {

struct NetworkStatus {
  std::string network;
  std::string rpcUrl;  // without credentials
  std::uint64_t chainId = 0;
  std::uint64_t blockNumber = 0;
  std::uint64_t blockTime = 0;       // Unix seconds
  std::optional<evm::U256> balance;  // wei, of the account that was asked for
};

// One batch of reads. `account` is an address as text. Throws Error: Configuration, Network, Input "BAD_ADDRESS".
Task<NetworkStatus> networkStatus(std::optional<std::string> account, Caller caller);

// balance is decimal text: it may exceed what a JSON number holds.
Json toJson(const NetworkStatus& status);

}  // namespace peaqos::app
