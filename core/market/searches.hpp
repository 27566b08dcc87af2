// Searches for services.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/conversation.hpp"
#include "market/orchestration.hpp"

namespace peaqos::market {

// Searches, and reads the search back, with the platform's key if there is one: {id, machine_id, ..., quotes}. A
// read-back that fails for any reason does not fail the search: its first answer is the result then, with Progress
// "search", "warning". `body` has the API's own field names.
Task<Json> search(OrchestrationApi& api, Json body, host::Conversation& conversation);

}  // namespace peaqos::market
