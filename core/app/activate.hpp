// activate: register a machine, mint its NFT, write its DID.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "peaq/activation.hpp"

namespace peaqos::app {

struct ActivateRequest {
  std::string docUrl;
  std::string dataApi;
  std::optional<std::string> visibility;
  bool skipFunding = false;
};

// Checks every field, then runs the activation in self mode (peaq::activate()). Throws Error: Input for a field, else
// as peaq::activate() does.
Task<peaq::ActivationResult> activate(ActivateRequest request, Caller caller);

// {machineId, tokenId, machineDid}
Json toJson(const peaq::ActivationResult& result);

}  // namespace peaqos::app
