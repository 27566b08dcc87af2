// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/pieces.hpp"

#include "base/text.hpp"

namespace peaqos::cli {

std::string flagOf(const Option& option) { return "--" + std::string(option.name); }

std::string choicesOf(const Option& option) { return join({option.choices.begin(), option.choices.end()}, " "); }

std::string steps(std::string_view then) {
  std::string patterns;
  for (const Place& place : places()) {
    if (place.path.empty()) continue;
    const bool top = place.path.find(' ') == std::string::npos;
    patterns += (patterns.empty() ? "" : " | ") + shellWord((top ? " " : "") + place.path);
  }
  return "      " + patterns + ") " + std::string(then) + " ;;\n";
}

}  // namespace peaqos::cli
