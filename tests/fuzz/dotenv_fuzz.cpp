// A .env file from anywhere. What is read can be written so that it is read again; setting a variable sets it and
// nothing else.
// SPDX-License-Identifier: Apache-2.0
#include "app/settings/dotenv.hpp"

#include <algorithm>

#include "app/settings/write_dotenv.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "fuzz.hpp"

using namespace peaqos;

namespace {

constexpr std::size_t kLimit = 1U << 20;  // bytes of all values

app::DotenvFile read(std::string_view text) {
  const auto lookup = [](const std::string& name) {
    return name == "HOME" ? std::optional<std::string>("/home/user") : std::nullopt;
  };
  return app::parseDotenv(text, lookup, kLimit);
}

void examine(std::string_view text) {
  const app::DotenvFile file = read(text);
  std::size_t line = 0;
  for (const app::BadLine& bad : file.badLines) {
    fuzz::require(bad.line > line, "lines that cannot be read are counted upwards");
    line = bad.line;
  }
  const auto ends = std::ranges::count_if(text, [](char c) { return c == '\n' || c == '\r'; });
  fuzz::require(line <= static_cast<std::size_t>(ends) + 1, "no line is behind the last");
  std::size_t end = 0;
  for (const app::Assignment& assignment : file.assignments) {
    fuzz::require(assignment.begin >= end && assignment.end > assignment.begin && assignment.end <= text.size(),
                  "assignments follow each other within the text");
    fuzz::require(!assignment.name.empty(), "an assignment has a name");
    end = assignment.end;
  }
  for (const auto& [name, value] : file.variables) {
    if (name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") != std::string::npos) continue;
    if (!app::unspellable(value).empty()) continue;
    const auto again = read(app::dotenvLine(name, value));
    fuzz::require(again.variables.contains(name) && again.variables.at(name) == value, "a written value is read back");
  }
  if (!file.badLines.empty()) return;  // a quote that is never closed takes in whatever is added
  const auto changed = read(app::withVariable(text, "PEAQOS_NETWORK", "devnet value"));
  fuzz::require(
      changed.variables.contains("PEAQOS_NETWORK") && changed.variables.at("PEAQOS_NETWORK") == "devnet value",
      "a variable that is set has its value");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::textOf(data, size);
  if (!isValidUtf8(text) || text.find('\0') != std::string_view::npos) return 0;
  try {
    examine(text);
  } catch (const Error&) {
    // Values that grow too much, and files to which nothing can be added, are refused.
  }
  return 0;
}
