// What the settings are, and where each comes from.
// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <utility>

#include "app/doctor/checks.hpp"
#include "app/session.hpp"
#include "base/text.hpp"
#include "host/redact_url.hpp"

namespace peaqos::app {
namespace {

struct Variable {
  std::string_view name;
  bool secret = false;
  void (*check)(const Configuration&) = nullptr;  // throws what is wrong with it
};

constexpr Variable kVariables[] = {
    {"PEAQOS_NETWORK", false, [](const Configuration& c) { static_cast<void>(c.networkName()); }},
    {"PEAQOS_DEPLOYMENT_ID", false, [](const Configuration& c) { static_cast<void>(c.deployment()); }},
    {"PEAQOS_RPC_URL", false, [](const Configuration& c) { static_cast<void>(c.rpcUrl()); }},
    {"PEAQOS_PRIVATE_KEY", true, [](const Configuration& c) { static_cast<void>(c.keySigner()); }},
    {"PEAQOS_OWS_WALLET"},
    {"OWS_PASSPHRASE", true},
    {"PEAQOS_MCR_API_URL", false, [](const Configuration& c) { static_cast<void>(c.mcrUrl()); }},
    {"PEAQOS_GAS_STATION_URL", false, [](const Configuration& c) { static_cast<void>(c.gasStationUrl()); }},
    {"PEAQOS_ORCHESTRATION_URL", false, [](const Configuration& c) { static_cast<void>(c.orchestrationUrl()); }},
    {"PEAQOS_ORCH_API_KEY", true, [](const Configuration& c) { static_cast<void>(c.orchestrationKey()); }},
    {"PEAQOS_TIMEOUT", false, [](const Configuration& c) { static_cast<void>(c.requestTimeout()); }},
    {"PEAQOS_RECEIPT_TIMEOUT", false, [](const Configuration& c) { static_cast<void>(c.receiptTimeout()); }},
    {"IDENTITY_REGISTRY_ADDRESS"},
    {"IDENTITY_STAKING_ADDRESS"},
    {"EVENT_REGISTRY_ADDRESS"},
    {"MACHINE_NFT_ADDRESS"},
    {"DID_REGISTRY_ADDRESS"},
    {"BATCH_PRECOMPILE_ADDRESS"},
};

std::string shown(const Variable& variable, const std::string& value) {
  if (variable.secret) return "set";
  return variable.name.ends_with("_URL") ? host::redactUrl(value) : printable(value);
}

Finding findingOf(const Variable& variable, const FoundSetting& setting, const Configuration& configuration) {
  const std::string check = "setting " + std::string(variable.name);
  try {
    if (variable.check) variable.check(configuration);
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
  for (const Variable& variable : kVariables) {
    const auto setting = configuration.look(std::string(variable.name));
    if (setting) findings.push_back(findingOf(variable, *setting, configuration));
  }
  if (findings.empty()) {
    findings.push_back(skipped("settings", "nothing is set", "Write them with peaqos init"));
  }
  co_return findings;
}

}  // namespace peaqos::app
