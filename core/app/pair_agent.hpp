// pairAgent, createAgentPairingSession: agents that may buy for a machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "market/pairings.hpp"

namespace peaqos::app {

struct PairRequest {
  std::string machineId;
  market::Agent agent;
  std::optional<std::string> signatureFile = {};  // none: the person is asked
  std::optional<std::string> description = {};
  // The delegation policy.
  std::optional<std::string> perTransactionLimit = {}, dailySpendLimit = {}, currency = {};
  std::vector<std::string> allowedSkills = {}, deniedSkills = {}, allowedServices = {}, deniedServices = {};
  bool yes = false;         // no confirmation
  bool unattended = false;  // nobody can paste a signature
};

// The pairing, with the token that the API shows only once; nothing when the user declined.
Task<std::optional<Json>> pairAgent(PairRequest request, Caller caller);

struct SessionRequest {
  std::string machineId, agentPairingId;
  market::Agent agent;
};

// Rotates a pairing's token: the agent signs a fresh challenge, and the old token ends.
Task<Json> createAgentPairingSession(SessionRequest request, Caller caller);

}  // namespace peaqos::app
