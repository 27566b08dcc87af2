// SPDX-License-Identifier: Apache-2.0
#include "app/settings/settings.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "app/settings/env_file.hpp"
#include "app/settings/variables.hpp"
#include "app/settings/write_dotenv.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

bool isName(std::string_view name) {
  const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && isLetter(name[0]) &&
         std::ranges::all_of(name, [&](char c) { return isLetter(c) || isDigit(c); });
}

Settings settingsOf(const DotenvFile& file) {
  Settings settings;
  for (const BadLine& bad : file.badLines) settings.badLines.push_back(bad.line);
  for (const auto& [name, value] : file.variables) {
    if (value.empty()) continue;
    const Variable* const known = findVariable(name);
    settings.variables.push_back({name, known && !known->secret() ? std::optional(value) : std::nullopt});
  }
  return settings;
}

Task<std::string> valueOf(const Setting& change, const Caller& caller) {
  if (change.value) co_return *change.value;
  const auto answer = co_await caller.conversation.ask(
      {.name = "setting", .text = change.name, .hidden = true, .facts = {{"setting", change.name}}});
  if (!answer) throw inputError("NO_ANSWER", change.name + " was not given a value");
  co_return asText(answer->expose());
}

}  // namespace

Task<Settings> readSettings(Caller caller) {
  EnvFile file(caller.host.files);
  co_await file.read();
  co_return settingsOf(file.parse(caller.host.environment));
}

Task<Settings> changeSettings(std::vector<Setting> changes, Caller caller) {
  EnvFile file(caller.host.files);
  co_await file.read();
  std::string text(file.text());
  for (const Setting& change : changes) {
    if (!isName(change.name)) {
      throw inputError("BAD_SETTING", "'" + printable(change.name) + "' is not the name of a variable",
                       "Use letters, digits and underscores");
    }
    const std::string value(trim(co_await valueOf(change, caller)));
    text = withVariable(text, change.name, value);
  }
  const Secret content(asBytes(text));
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  co_await file.write(content, EnvFile::kPrivate);
  co_return co_await readSettings(caller);
}

Json toJson(const Settings& settings) {
  Json variables = Json::array();
  for (const auto& [name, value] : settings.variables) {
    variables.push_back({{"name", name}, {"value", value ? Json(*value) : Json()}});
  }
  Json known = Json::array();
  for (const Variable& variable : app::variables()) {
    known.push_back({{"name", variable.name},
                     {"kind", name(variable.kind)},
                     {"secret", variable.secret()},
                     {"default", variable.fallback.empty() ? Json() : Json(variable.fallback)},
                     {"help", variable.help}});
  }
  return {{"variables", std::move(variables)}, {"badLines", settings.badLines}, {"known", std::move(known)}};
}

}  // namespace peaqos::app
