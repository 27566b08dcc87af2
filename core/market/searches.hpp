// Searches for services.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "market/orchestration.hpp"

namespace peaqos::market {

// Searches, and reads the search back (decision 23): {id, machine_id, ..., quotes}. Where the API cannot show searches,
// its first answer is what there is. `body` has the API's members.
Task<Json> search(OrchestrationApi& api, Json body);

}  // namespace peaqos::market
