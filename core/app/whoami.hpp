// whoami: who signs, and what everything is configured to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "peaq/contracts.hpp"

namespace peaqos::app {

struct WhoAmI {
  std::string address;  // checksum
  std::string wallet;   // its name; empty when a bare key signs
  std::string network;  // effective PEAQOS_NETWORK
  std::string rpcUrl;   // redacted
  std::uint64_t chainId = 0;
  std::string mcrUrl;  // redacted
  peaq::Contracts contracts;
};

// Reads the configuration and the node's chain id.
Task<WhoAmI> whoami(Caller caller);

// {address, wallet (null when a bare key signs), network, rpcUrl, chainId, mcrUrl, contracts: {identityRegistry, ...}}
Json toJson(const WhoAmI& result);

}  // namespace peaqos::app
