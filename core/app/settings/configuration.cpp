// SPDX-License-Identifier: Apache-2.0
#include "app/settings/configuration.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "app/settings/env_file.hpp"
#include "app/settings/variables.hpp"
#include "app/settings/write_dotenv.hpp"
#include "app/signing/key_signer.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"
#include "market/chains.hpp"

namespace peaqos::app {
namespace {

// Whoever sets one of these means the first generation.
constexpr const char* kFirstGeneration[] = {"IDENTITY_REGISTRY_ADDRESS", "IDENTITY_STAKING_ADDRESS",
                                            "EVENT_REGISTRY_ADDRESS",    "MACHINE_NFT_ADDRESS",
                                            "DID_REGISTRY_ADDRESS",      "BATCH_PRECOMPILE_ADDRESS"};
constexpr char kOrchestrationUrl[] = "PEAQOS_ORCHESTRATION_URL";

Error badSetting(const std::string& name, const std::string& problem, std::string hint) {
  return configurationError("BAD_" + name, "Invalid configuration: " + name + " " + problem, std::move(hint));
}

}  // namespace

Task<Configuration> Configuration::load(host::Host& host, std::map<std::string, std::string> overrides) {
  Configuration configuration = ofEnvironment(host);
  std::erase_if(overrides, [](const auto& entry) { return entry.second.empty(); });
  configuration.overrides_ = std::move(overrides);

  EnvFile env(host.files);
  co_await env.read();
  DotenvFile file = env.parse(host.environment);
  for (const Assignment& assignment : file.assignments) configuration.lines_[assignment.name] = assignment.line;
  configuration.file_ = std::move(file.variables);
  for (const BadLine& bad : file.badLines) {
    configuration.warnings_.push_back("line " + std::to_string(bad.line) + " of .env cannot be read: " + bad.problem);
  }
  configuration.exposed_ = env.open() && std::ranges::any_of(configuration.file_, [](const auto& entry) {
                             const Variable* const variable = findVariable(entry.first);
                             return variable && variable->secret() && !entry.second.empty();
                           });
  co_return configuration;
}

Configuration Configuration::ofEnvironment(host::Host& host) {
  Configuration configuration;
  configuration.environment_ = &host.environment;
  return configuration;
}

std::optional<FoundSetting> Configuration::look(const std::string& name) const {
  std::optional<FoundSetting> setting;
  if (const auto flag = overrides_.find(name); flag != overrides_.end()) {
    setting = {flag->second, "flag"};
  } else if (const auto variable = environment_->get(name)) {
    setting = {*variable, "environment"};  // also when it is empty: a set variable is never replaced by the file's
  } else if (const auto line = file_.find(name); line != file_.end()) {
    setting = {line->second, ".env line " + std::to_string(lines_.at(name))};
  }
  if (setting && setting->value.empty()) return std::nullopt;
  return setting;
}

std::optional<std::string> Configuration::find(const std::string& name) const {
  auto setting = look(name);
  return setting ? std::optional(std::move(setting->value)) : std::nullopt;
}

std::string Configuration::findOrDefault(const std::string& name) const {
  if (auto value = find(name)) return std::move(*value);
  return std::string(findVariable(name)->fallback);
}

std::string Configuration::require(const std::string& name, const std::string& example) const {
  if (auto value = find(name)) return std::move(*value);
  throw configurationError("MISSING_" + name, "Missing required env var: " + name,
                           "Put " + name + "=" + example + " into .env, or: export " + name + "=" + example);
}

std::string Configuration::url(const std::string& name, std::string value) const {
  if (host::parseUrl(value)) return value;
  throw badSetting(name, "is not an http or https URL: '" + host::redactUrl(value) + "'",
                   "Give a URL such as https://host/path");
}

std::string Configuration::rpcUrl() const {
  return url("PEAQOS_RPC_URL", require("PEAQOS_RPC_URL", "https://peaq.api.onfinality.io/public"));
}

std::optional<std::string> Configuration::optionalRpcUrl() const {
  return find("PEAQOS_RPC_URL") ? std::optional(rpcUrl()) : std::nullopt;
}

std::string Configuration::mcrUrl() const { return url("PEAQOS_MCR_API_URL", findOrDefault("PEAQOS_MCR_API_URL")); }

std::string Configuration::gasStationUrl() const {
  return url("PEAQOS_GAS_STATION_URL", require("PEAQOS_GAS_STATION_URL", "https://depinstation.peaq.xyz"));
}

std::string Configuration::orchestrationUrl() const {
  const std::string name = kOrchestrationUrl;
  if (!find(name)) {
    throw configurationError("MISSING_" + name, "Missing required env var: " + name,
                             "Put " + name + "=https://orchestration.peaq.xyz into .env, or pass --orchestration-url");
  }
  std::string value = url(name, *find(name));
  if (value.find_first_of("?#") == std::string::npos) return value;
  throw badSetting(name, "has a query or a fragment: '" + host::redactUrl(value) + "'",
                   "Give the service's base URL alone");
}

bool Configuration::hasOrchestrationKey() const { return find("PEAQOS_ORCH_API_KEY").has_value(); }

Secret Configuration::orchestrationKey() const { return key("PEAQOS_ORCH_API_KEY"); }

// What may stand in a header.
Secret Configuration::key(const std::string& name) const {
  std::string text = require(name, "...");
  const Secret key(asBytes(text));
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  const auto visible = [](std::uint8_t byte) { return byte > 0x20 && byte < 0x7F; };
  if (std::ranges::all_of(key.expose(), visible)) return Secret(key.expose());
  throw badSetting(name, "holds a blank, a control character or a letter beyond ASCII", "Copy the key again");
}

std::optional<Configuration::Webhook> Configuration::webhook() const {
  const auto value = find("PEAQOS_WEBHOOK_URL");
  if (!value) return std::nullopt;
  return Webhook{.url = url("PEAQOS_WEBHOOK_URL", *value), .secret = key("PEAQOS_WEBHOOK_SECRET")};
}

std::chrono::milliseconds Configuration::seconds(const std::string& name) const {
  constexpr std::int64_t kMost = 86'400;
  const std::string text = findOrDefault(name);
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value < 1 || value > kMost) {
    throw badSetting(name, "is not a number of seconds: '" + printable(text) + "'",
                     "Give a whole number from 1 to 86400");
  }
  return std::chrono::seconds(value);
}

std::chrono::milliseconds Configuration::requestTimeout() const { return seconds("PEAQOS_TIMEOUT"); }

std::chrono::milliseconds Configuration::receiptTimeout() const { return seconds("PEAQOS_RECEIPT_TIMEOUT"); }

void Configuration::check(const Variable& variable) const {
  switch (variable.kind) {
    case VariableKind::Url: {
      const std::string name(variable.name);
      static_cast<void>(name == kOrchestrationUrl ? orchestrationUrl() : url(name, findOrDefault(name)));
      break;
    }
    case VariableKind::Network: static_cast<void>(networkName()); break;
    case VariableKind::Deployment: static_cast<void>(deployment()); break;
    case VariableKind::PrivateKey: static_cast<void>(keySigner()); break;
    case VariableKind::ApiKey: static_cast<void>(key(std::string(variable.name))); break;
    case VariableKind::Webhook:
      static_cast<void>(url(std::string(variable.name), findOrDefault(std::string(variable.name))));
      break;
    case VariableKind::Seconds: static_cast<void>(seconds(std::string(variable.name))); break;
    case VariableKind::Coins: static_cast<void>(maxFee()); break;
    case VariableKind::Address: static_cast<void>(contract(std::string(variable.name), {})); break;
    case VariableKind::Wallet:
    case VariableKind::Passphrase:  // only the vault can tell
    case VariableKind::File: break;
  }
}

evm::U256 Configuration::maxFee() const {
  constexpr char kName[] = "PEAQOS_MAX_FEE";
  const std::string text = findOrDefault(kName);
  if (const auto wei = evm::parseUnits(text, 18)) return *wei;
  throw badSetting(kName, "is not an amount: '" + printable(text) + "'",
                   "Give the most that one transaction's fee may come to, in the chain's coin, such as 1 or 0.25");
}

policy::Place Configuration::policyPlace() const {
  auto path = find("PEAQOS_POLICY");
  return path ? policy::Place{.path = std::move(*path), .required = true} : policy::Place{};
}

std::string Configuration::networkName() const {
  const std::string name = findOrDefault("PEAQOS_NETWORK");
  if (const auto network = peaq::findNetwork(name)) return std::string(network->name);
  throw badSetting("PEAQOS_NETWORK", "names no network: '" + printable(name) + "'", "Use " + peaq::networkNames());
}

peaq::DeploymentChoice Configuration::deployment() const {
  if (const auto id = find("PEAQOS_DEPLOYMENT_ID"); id && !trim(*id).empty()) {
    const auto record = peaq::findDeployment(*id);
    if (!record) {
      throw configurationError("DEPLOYMENT_UNKNOWN",
                               "PEAQOS_DEPLOYMENT_ID names no deployment: '" + printable(*id) + "'",
                               "Use one of " + peaq::deploymentIds());
    }
    if (find("PEAQOS_NETWORK") && networkName() != record->name) {
      throw badSetting("PEAQOS_DEPLOYMENT_ID",
                       "is " + std::string(record->id) + ", which is on " + std::string(record->name) +
                           ", but PEAQOS_NETWORK is " + networkName(),
                       "Set one of them alone, or both to the same network");
    }
    return {*record, "PEAQOS_DEPLOYMENT_ID names it"};
  }
  const std::string network = networkName();
  const auto first = *peaq::findNetwork(network), second = *peaq::findNetwork(network, peaq::Generation::Second);
  for (const char* variable : kFirstGeneration) {
    if (find(variable)) return {first, std::string(variable) + " is set"};
  }
  if (second.isDevelopment()) {
    for (const peaq::v2::Role& role : peaq::v2::kRoles) {
      if (find(std::string(role.variable))) return {second, std::string(role.variable) + " is set"};
    }
  }
  return {first, second};
}

evm::Address Configuration::contract(const std::string& name, std::string_view recorded) const {
  const std::string text = find(name).value_or(std::string(recorded));
  if (text.empty()) return evm::parseAddress(require(name, "0x...")).value();
  if (const auto address = evm::parseAddress(text)) return *address;
  throw badSetting(name, "is not an address: '" + printable(text) + "'", "Give 0x and 40 hexadecimal digits");
}

peaq::Contracts Configuration::contracts() const {
  const peaq::DeploymentRecord record = network();
  if (record.generation != peaq::Generation::First) {
    const auto first = *peaq::findNetwork(record.name);
    throw configurationError(
        "OTHER_GENERATION",
        std::string(record.id) + " has contracts of the second generation, and this is for the first",
        "Set PEAQOS_DEPLOYMENT_ID=" + std::string(first.id) + " for it");
  }
  const peaq::ContractRecord& known = record.contracts;
  return {.identityRegistry = contract("IDENTITY_REGISTRY_ADDRESS", known.identityRegistry),
          .identityStaking = contract("IDENTITY_STAKING_ADDRESS", known.identityStaking),
          .eventRegistry = contract("EVENT_REGISTRY_ADDRESS", known.eventRegistry),
          .machineNft = contract("MACHINE_NFT_ADDRESS", known.machineNft),
          .didRegistry = contract("DID_REGISTRY_ADDRESS", known.didRegistry),
          .batchPrecompile = contract("BATCH_PRECOMPILE_ADDRESS", known.batchPrecompile)};
}

peaq::v2::Roles Configuration::roles(const peaq::DeploymentRecord& record) const {
  peaq::v2::Roles roles = peaq::v2::rolesOf(record.roles);
  const auto overridden = [&](std::string_view variable) -> std::optional<evm::Address> {
    const std::string name(variable);
    if (!find(name)) return std::nullopt;
    if (!record.isDevelopment()) {
      throw badSetting(name, "is set, and the contracts of " + std::string(record.id) + " cannot be replaced",
                       "Unset it: it is for development chains");
    }
    return contract(name, {});
  };
  for (const peaq::v2::Role& role : peaq::v2::kRoles) {
    roles.*role.address = overridden(role.variable).value_or(roles.*role.address);
  }
  if (const auto registry = overridden(peaq::v2::kEventRegistryVariable)) roles.eventRegistry = registry;
  return roles;
}

std::vector<peaq::ListedContract> Configuration::contractsOf(const peaq::DeploymentRecord& record) const {
  return record.generation == peaq::Generation::First ? peaq::contractList(contracts())
                                                      : peaq::contractList(roles(record));
}

std::vector<std::string> Configuration::endpoints() const {
  std::vector<std::string> urls{mcrUrl()};
  for (const char* name : {"PEAQOS_RPC_URL", "PEAQOS_GAS_STATION_URL", "PEAQOS_ORCHESTRATION_URL"}) {
    if (const auto value = find(name)) urls.push_back(url(name, *value));
  }
  std::ranges::move(market::builtInRpcs(), std::back_inserter(urls));
  return urls;
}

std::string Configuration::publicSettings() const {
  std::string lines;
  for (const Variable& variable : variables()) {
    if (variable.secret() || variable.kind == VariableKind::Wallet || variable.kind == VariableKind::File) continue;
    const std::string name(variable.name);
    if (const auto value = find(name)) lines += dotenvLine(name, *value);
  }
  for (const peaq::v2::Role& role : peaq::v2::kRoles) {
    const std::string name(role.variable);
    if (const auto value = find(name)) lines += dotenvLine(name, *value);
  }
  return lines;
}

std::optional<std::string> Configuration::owsWallet() const { return find("PEAQOS_OWS_WALLET"); }

std::optional<Secret> Configuration::owsPassphrase() const {
  auto text = find("OWS_PASSPHRASE");
  if (!text) return std::nullopt;
  Secret passphrase(asBytes(*text));
  wipe({reinterpret_cast<std::uint8_t*>(text->data()), text->size()});
  return passphrase;
}

std::unique_ptr<evm::Signer> Configuration::keySigner() const {
  std::string text = require("PEAQOS_PRIVATE_KEY", "0x...");
  const Secret key(asBytes(text));
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return signerFrom(key.expose(), "PEAQOS_PRIVATE_KEY");
}

}  // namespace peaqos::app
