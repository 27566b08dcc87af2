// SPDX-License-Identifier: Apache-2.0
#include "app/market/steps.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::app {

std::string requiredText(const std::string& value, const std::string& field) {
  const std::string_view text = trim(value);
  if (text.empty()) throw inputError("MISSING_FIELD", field + " is blank", "Give it a value");
  return std::string(text);
}

void tellStep(const Caller& caller, Step step, std::string name, std::string state, Json facts) {
  caller.conversation.progress({.step = step.number,
                                .steps = step.of,
                                .name = std::move(name),
                                .state = std::move(state),
                                .facts = std::move(facts)});
}

}  // namespace peaqos::app
