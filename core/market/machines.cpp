// SPDX-License-Identifier: Apache-2.0
#include "market/machines.hpp"

#include <utility>

#include "market/shapes.hpp"

namespace peaqos::market {

Task<Json> identityChallenge(OrchestrationApi& api, std::string identityRef) {
  co_return co_await api.item(
      {"POST", "/machine-identity/challenges", Asker::Platform, Json{{"identityRef", identityRef}}},
      identityChallengeFields());
}

Task<Json> registerMachine(OrchestrationApi& api, Json body) {
  co_return co_await api.item({"POST", "/machines", Asker::Platform, std::move(body)}, machineFields());
}

Task<Json> activateMachine(OrchestrationApi& api, std::string id) {
  co_return co_await api.item(
      {"PATCH", "/machines/" + pathSegment(id, "the machine's ID"), Asker::Platform, Json{{"status", "active"}}},
      machineFields());
}

Task<Json> machine(OrchestrationApi& api, std::string id, std::string field) {
  co_return co_await api.item({"GET", "/machines/" + pathSegment(id, field), Asker::Platform}, machineFields());
}

Task<Page> machines(OrchestrationApi& api) {
  co_return co_await api.page({"GET", "/machines", Asker::Platform}, machineFields());
}

}  // namespace peaqos::market
