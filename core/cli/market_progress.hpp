// What happens in the Machine Market, as lines on standard error.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "host/conversation.hpp"

namespace peaqos::cli {

// A step's header; empty for a step of something else.
std::string_view marketStepTitle(std::string_view name);

// The words for what happened; nothing for what only programs want to know.
std::string marketLine(const host::Progress& progress);

// What is said also to who wants to hear little: what must be signed, what will be paid, and what was left behind.
bool isSaidWhenQuiet(const host::Progress& progress);

}  // namespace peaqos::cli
