// Machines in the Machine Market.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "market/orchestration.hpp"

namespace peaqos::market {

// The challenge that proves control of an identity: {challenge_id, identity_ref, message, expires_at,
// verification_method, controller_addresses}.
Task<Json> identityChallenge(OrchestrationApi& api, std::string identityRef);

// Registers a machine; `body` has the API's members, the proof included. It is a draft then.
Task<Json> registerMachine(OrchestrationApi& api, Json body);

Task<Json> activateMachine(OrchestrationApi& api, std::string id);

Task<Json> machine(OrchestrationApi& api, std::string id, std::string field);

// The first page of the machines, which the API makes as long as it likes.
Task<Page> machines(OrchestrationApi& api);

}  // namespace peaqos::market
