// onboardMachine: brings a machine into the Machine Market, with a proof of its identity.
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

struct OnboardRequest {
  std::string identityRef;  // did:peaq:0x... or peaqos:machine:...
  std::string displayName, ownerId, machineType, runtimeProfile;
  std::vector<std::string> capabilities = {}, skillKeys = {};
  Json labels = Json::object();  // texts
  // Who signs the challenge: a file of somebody else's signature, or a key with the name of its source and, if it is
  // one, its file. Neither: the OWS wallet, else the person is asked for a signature.
  std::optional<std::string> signatureFile = {};
  std::optional<Secret> identityKey = {};
  std::string identityKeySource = {}, identityKeyFile = {};
  bool skipActivate = false;
  bool yes = false;         // no confirmation
  bool unattended = false;  // nobody can paste a signature
};

// The machine as the API shows it at the end. Throws Error: Input for a field or a signature that is none; Network when
// the signer does not control the identity, and for what the API refuses. Nothing when the user declined.
Task<std::optional<Json>> onboardMachine(OnboardRequest request, Caller caller);

}  // namespace peaqos::app
