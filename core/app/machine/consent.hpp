// The plan of something that changes a machine, and whether it is agreed to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/caller.hpp"
#include "app/machine/wish.hpp"

namespace peaqos::app {

// Whether something is done at once, asked about, or only planned.
enum class Consent : std::uint8_t { Ask, Given, PlanOnly };

// Shows the plan, as Progress "plan", "shown", with `title`, `rows` and `more` for programs; then asks where that is
// left to do. A line of redirected input is no consent. Throws Error (Input) "NO_ANSWER", "DECLINED".
Task<void> agree(Caller caller, Consent consent, std::string title, Rows rows, std::string question,
                 Json more = Json::object());

// The rows as a JSON object of texts.
Json toJson(const Rows& rows);

}  // namespace peaqos::app
