// The request that the words of `qualify event` come to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/events/submit_event.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {

// Reads the files that options name. Throws Error (Input).
Task<app::SubmitEventRequest> eventRequest(Arguments arguments, host::Files& files);

}  // namespace peaqos::cli
