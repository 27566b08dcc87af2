// SPDX-License-Identifier: Apache-2.0
#include "market/pairings.hpp"

#include <utility>

#include "market/shapes.hpp"

namespace peaqos::market {
namespace {

std::string pairingsPath(const std::string& machineId) {
  return "/machines/" + pathSegment(machineId, "the machine's ID") + "/agent-pairings";
}

Json membersOf(const Agent& agent) {
  Json members{{"agentAddress", agent.address}, {"agentProvider", agent.provider}, {"agentRole", agent.role}};
  if (agent.did) members["agentDid"] = *agent.did;
  return members;
}

}  // namespace

Task<Json> pairingChallenge(OrchestrationApi& api, std::string machineId, Agent agent) {
  co_return co_await api.item({"POST", pairingsPath(machineId) + "/challenges", Asker::Platform, membersOf(agent)},
                              pairingChallengeFields());
}

Task<Json> createPairing(OrchestrationApi& api, std::string machineId, Agent agent, Json more) {
  Json body = membersOf(agent);
  body.update(more);
  co_return co_await api.item({"POST", pairingsPath(machineId), Asker::Platform, std::move(body)}, pairingFields());
}

Task<Json> createPairingSession(OrchestrationApi& api, std::string machineId, std::string pairingId, Json agentProof) {
  co_return co_await api.item(
      {"POST", pairingsPath(machineId) + "/" + pathSegment(pairingId, "the pairing's ID") + "/sessions",
       Asker::Platform, Json{{"agentProof", std::move(agentProof)}}},
      pairingFields());
}

}  // namespace peaqos::market
