// Whether a machine takes part in monetisation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/machine/consent.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// {machine_id, status: PENDING | OPTED_IN | OPTED_OUT, signer, updated_at}. Throws Error: Input for the machine,
// Configuration "MONETIZATION_API_INCOMPATIBLE", Network as peaq::v2::MonetizationApi does.
Task<Json> monetizationStatus(std::string machine, Caller caller);

struct MonetizeRequest {
  std::string machine;  // its id or DID
  bool optIn = true;
  int retries = 2;  // while the API says that it cannot see the machine at the moment (MACHINE_UNAVAILABLE)
  int retryDelaySeconds = 1;
  Consent consent = Consent::Ask;
};

// Signs the choice with the key of the machine's owner or controller and sends it, unless it was made already: then
// nothing is signed. Each retry is signed anew, since a signed choice is taken once. The status afterwards.
Task<Json> monetize(MonetizeRequest request, Caller caller);

}  // namespace peaqos::app
