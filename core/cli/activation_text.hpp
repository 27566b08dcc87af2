// What activate says in the second generation: the plan before consent, the steps, and the result.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/conversation.hpp"
#include "peaq/fields.hpp"
#include "peaq/v2/activation.hpp"

namespace peaqos::cli {

// The result, or with --dry-run the plan.
std::string activationText(const peaq::v2::Activation& activation);

// The line for a Progress "activation_plan", "approve_token" or "activate"; nothing for any other.
std::string activationLine(const host::Progress& progress);

// JSON Schema of the result in the first generation, and in the second.
Json firstActivationFields();
Json secondActivationFields();

}  // namespace peaqos::cli
