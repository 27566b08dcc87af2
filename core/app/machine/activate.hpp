// activate: register a machine, mint its NFT, write its DID.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "base/task_function.hpp"
#include "peaq/activation.hpp"

namespace peaqos::app {

struct ActivateRequest {
  std::string docUrl;
  std::string dataApi;
  std::optional<std::string> visibility;
  bool skipFunding = false;
  // Proxy mode: the machine's address and its own private key, as texts; the key's source is named in messages.
  std::optional<std::string> machine = {};
  std::optional<Secret> machineKey = {};
  std::string machineKeySource = {};
  TaskFunction<Task<void>()> beforeBond = {};  // called before a machine is registered; what it throws ends it
};

// Checks every field, then runs the activation (peaq::activate()). Throws Error: Input for a field, Configuration for a
// key that is none or another's, else as peaq::activate() does.
Task<peaq::ActivationResult> activate(ActivateRequest request, Caller caller);

// Throws what activate() throws for a field.
void checkActivation(const ActivateRequest& request, const Caller& caller);

// {machineId, tokenId, machineDid}, in proxy mode also {machineAddress, operatorDid}
Json toJson(const peaq::ActivationResult& result);

}  // namespace peaqos::app
