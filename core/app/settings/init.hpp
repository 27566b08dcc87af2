// init: writes a .env with everything that the other commands need.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/caller.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct InitRequest {
  bool nonInteractive = false;  // every value from the environment or the network's defaults, no question
  bool force = false;           // replace an existing .env without asking
};

// Asks for every setting, or takes it from the environment, and puts ./.env in place (0600, at once or not at all).
// Nothing is taken from an existing .env. Returns the file's absolute path. Throws Error: Input for a question without
// a good answer, a declined overwrite or a file that cannot be written; Configuration for a bad variable.
Task<std::string> initialise(InitRequest request, Caller caller);

}  // namespace peaqos::app
