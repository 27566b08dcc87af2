// whoami: who signs, and what everything is configured to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "peaq/contract_list.hpp"
#include "peaq/deployment.hpp"

namespace peaqos::app {

struct WhoAmI {
  std::string address;  // checksum
  std::string wallet;   // its name; empty when a bare key signs
  std::string network;  // effective PEAQOS_NETWORK
  std::string rpcUrl;   // redacted
  std::uint64_t chainId = 0;
  std::string mcrUrl;  // redacted
  peaq::Deployment deployment;
  std::vector<peaq::ListedContract> contracts;
};

// Reads the configuration and the node's chain id, and what decides on the deployment where the settings do not.
Task<WhoAmI> whoami(Caller caller);

// {address, wallet (null when a bare key signs), network, rpcUrl, chainId, mcrUrl, contracts: {identityRegistry,
// ...}, deployment: {id, generation, date (null where it has none), since}}
Json toJson(const WhoAmI& result);
Json toJson(const peaq::Deployment& deployment);

}  // namespace peaqos::app
