// Pairings of agents with machines.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "market/orchestration.hpp"

namespace peaqos::market {

struct Agent {
  std::string address;
  std::string provider;
  std::string role;
  std::optional<std::string> did = {};
};

// The challenge that the agent must sign: {challenge_id, agent_address, message, expires_at, verification_method, ...}.
Task<Json> pairingChallenge(OrchestrationApi& api, std::string machineId, Agent agent);

// Pairs an agent. `more`: the API's members beyond the agent's own, the proof included. The pairing has a
// `pairing_token`, which the API shows only now.
Task<Json> createPairing(OrchestrationApi& api, std::string machineId, Agent agent, Json more);

// A new session of a pairing, with a new token; the old one ends (decision 25).
Task<Json> createPairingSession(OrchestrationApi& api, std::string machineId, std::string pairingId, Json agentProof);

}  // namespace peaqos::market
