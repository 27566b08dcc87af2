// What the Machine Market's operations share: a field that must say something, and a step that is told.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"

namespace peaqos::app {

// `value` without the blanks around it. Throws Error (Input) "MISSING_FIELD" where nothing is left.
std::string requiredText(const std::string& value, const std::string& field);

// One of several numbered steps; {} stands for what belongs to none of them.
struct Step {
  int number = 0, of = 0;
};
void tellStep(const Caller& caller, Step step, std::string name, std::string state, Json facts = Json::object());

}  // namespace peaqos::app
