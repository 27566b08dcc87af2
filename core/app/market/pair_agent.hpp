// pairAgent, createAgentPairingSession: agents that may buy for a machine.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "market/pairings.hpp"

namespace peaqos::app {

// How the agent's signature of a challenge comes about: with neither a file nor a key the person is asked for it.
struct AgentProof {
  std::optional<std::string> signatureFile = {};
  std::optional<Secret> key = {};  // 64 hexadecimal digits
  std::string keySource = {};      // what messages call its file
  bool unattended = false;         // nobody can paste a signature
};

struct PairRequest {
  std::string machineId;
  market::Agent agent;  // with a key the address may be left out
  AgentProof proof = {};
  std::optional<std::string> description = {};
  // The delegation policy.
  std::optional<std::string> perTransactionLimit = {}, dailySpendLimit = {}, currency = {};
  std::vector<std::string> allowedSkills = {}, deniedSkills = {}, allowedServices = {}, deniedServices = {};
  bool yes = false;  // no confirmation
};

// The pairing, with the token that the API shows only once; nothing when the user declined.
Task<std::optional<Json>> pairAgent(PairRequest request, Caller caller);

struct SessionRequest {
  std::string machineId, agentPairingId;
  market::Agent agent;  // with a key the address may be left out
  AgentProof proof = {};
};

// Rotates a pairing's token: the agent signs a fresh challenge, and the old token ends.
Task<Json> createAgentPairingSession(SessionRequest request, Caller caller);

}  // namespace peaqos::app
