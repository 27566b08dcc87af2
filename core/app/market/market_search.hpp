// search: services that an agent can order for a machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct SearchRequest {
  std::string machineId, serviceType;
  Secret pairingToken;
  std::optional<std::string> agentPairingId = {}, operation = {}, region = {};
  std::vector<std::string> capabilities = {};
  std::optional<std::string> maxResults = {};
  std::optional<std::string> budgetAmount = {}, budgetMax = {}, budgetCurrency = {};
  bool nativeOnly = false, allowHandoff = false;
  std::optional<Secret> providerCredentials = {};  // JSON text
  std::string credentialsName = {};                // what to call it in messages
};

// The search with its quotes, ranked by the API.
Task<Json> search(SearchRequest request, Caller caller);

}  // namespace peaqos::app
