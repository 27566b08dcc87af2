// What the settings are, and where each comes from.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/doctor/checks.hpp"
#include "app/signing/session.hpp"
#include "base/text.hpp"
#include "host/redact_url.hpp"

namespace peaqos::app {
namespace {

std::string shown(const Variable& variable, const std::string& value) {
  if (variable.secret()) return "set";
  return variable.kind == VariableKind::Url ? host::redactUrl(value) : printable(value);
}

Finding findingOf(const Variable& variable, const FoundSetting& setting, const Configuration& configuration) {
  const std::string check = "setting " + std::string(variable.name);
  try {
    configuration.check(variable);
  } catch (const Error& error) {
    Finding finding = found(check, error);
    finding.detail += " (" + setting.origin + ")";
    return finding;
  }
  return {.check = check, .detail = shown(variable, setting.value) + " (" + setting.origin + ")"};
}

}  // namespace

Task<Findings> checkSettings(Examination& examination) {
  const Configuration& configuration = examination.configuration;
  Findings findings;
  if (examination.configurationProblem) findings.push_back(found("settings", *examination.configurationProblem));
  for (const std::string& warning : configuration.warnings()) {
    findings.push_back(warned("settings", warning, "Mend .env; peaqos init --force writes it anew"));
  }
  for (const Variable& variable : variables()) {
    const auto setting = configuration.look(std::string(variable.name));
    if (setting) findings.push_back(findingOf(variable, *setting, configuration));
  }
  if (findings.empty()) {
    findings.push_back(skipped("settings", "nothing is set", "Write them with peaqos init"));
  }
  co_return findings;
}

}  // namespace peaqos::app
