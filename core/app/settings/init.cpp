// SPDX-License-Identifier: Apache-2.0
#include "app/settings/init.hpp"

#include <utility>
#include <vector>

#include "app/settings/env_file.hpp"
#include "app/settings/write_dotenv.hpp"
#include "app/signing/key_signer.hpp"
#include "app/wallet/wallets.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"
#include "peaq/networks.hpp"

namespace peaqos::app {
namespace {

using peaq::DeploymentRecord;

using Value = std::pair<std::string, std::string>;  // variable and its value
using Values = std::vector<Value>;

// What is wrong with a value, as one clause; empty when nothing is. An empty value is left out of the file's meaning.
std::string checkUrl(const std::string& value) {
  if (value.empty() || host::parseUrl(value)) return {};
  return "'" + host::redactUrl(value) + "' is not an http or https URL such as https://host/path";
}

std::string checkAddress(const std::string& value) {
  if (value.empty() || evm::parseAddress(value)) return {};
  return "'" + printable(value) + "' is not an address: 0x and 40 hexadecimal digits";
}

std::string checkNetwork(const std::string& value) {
  if (peaq::findNetwork(value)) return {};
  return "'" + printable(value) + "' is no network; use " + peaq::networkNames();
}

std::string checkKey(const std::string& value) {
  try {
    signerFrom(asBytes(value), "this");
    return {};
  } catch (const Error&) {
    return "This is not a private key: 64 hexadecimal digits, with or without 0x";
  }
}

std::string checkAny(const std::string&) { return {}; }

std::string checkDeployment(const std::string& value) {
  if (value.empty() || peaq::findDeployment(value)) return {};
  return "'" + printable(value) + "' is no deployment; use one of " + peaq::deploymentIds();
}

// One setting of the file.
struct AskedSetting {
  const char* name;   // the variable
  const char* label;  // the question; null: never asked
  std::string (*check)(const std::string&);
  std::string_view DeploymentRecord::* byNetwork = nullptr;  // its default
  bool secret = false;
};

constexpr AskedSetting kRpcUrl = {"PEAQOS_RPC_URL", "RPC URL", checkUrl, &DeploymentRecord::rpcUrl};
constexpr AskedSetting kMcrUrl = {"PEAQOS_MCR_API_URL", "MCR API URL", checkUrl, &DeploymentRecord::mcrUrl};
constexpr AskedSetting kGasStationUrl = {"PEAQOS_GAS_STATION_URL", "Gas Station URL", checkUrl,
                                         &DeploymentRecord::gasStationUrl};
constexpr AskedSetting kOrchestration[] = {
    {"PEAQOS_ORCHESTRATION_URL", "Orchestration API URL", checkUrl},
    {"PEAQOS_ORCH_API_KEY", "Orchestration API key", checkAny, nullptr, true},
};
// What says which contracts are meant. It is written where somebody chose it: an address in the file would mean the
// first generation for ever, and without one the network's own are found (decision 27).
constexpr AskedSetting kContracts[] = {
    {"PEAQOS_DEPLOYMENT_ID", nullptr, checkDeployment},
    {"IDENTITY_REGISTRY_ADDRESS", nullptr, checkAddress},
    {"IDENTITY_STAKING_ADDRESS", nullptr, checkAddress},
    {"EVENT_REGISTRY_ADDRESS", "Event Registry address (of generation 1; empty: what the network has)", checkAddress},
    {"MACHINE_NFT_ADDRESS", nullptr, checkAddress},
    {"DID_REGISTRY_ADDRESS", nullptr, checkAddress},
    {"BATCH_PRECOMPILE_ADDRESS", nullptr, checkAddress},
};

// Where values come from: a person's answers or the environment.
class Source {
 public:
  explicit Source(const Caller& caller) : caller_(caller) {}
  virtual ~Source() = default;
  virtual Task<DeploymentRecord> network() = 0;
  // The variable that says who signs, and its value.
  virtual Task<Value> identity() = 0;
  virtual Task<std::string> value(const AskedSetting& setting, std::string fallback) = 0;

 protected:
  std::string variable(const char* name) const { return caller_.host.environment.get(name).value_or(std::string()); }
  const Caller& caller_;
};

class FromEnvironment : public Source {
 public:
  using Source::Source;

  Task<DeploymentRecord> network() override {
    const std::string given = variable("PEAQOS_NETWORK");
    const std::string name = given.empty() ? "mainnet" : given;
    refuse("PEAQOS_NETWORK", checkNetwork(name));
    co_return *peaq::findNetwork(name);
  }

  Task<Value> identity() override {
    if (auto wallet = variable("PEAQOS_OWS_WALLET"); !wallet.empty()) {
      refuseUnspellable("PEAQOS_OWS_WALLET", wallet);
      co_return Value{"PEAQOS_OWS_WALLET", std::move(wallet)};
    }
    std::string key = variable("PEAQOS_PRIVATE_KEY");
    if (key.empty()) {
      throw configurationError("MISSING_PEAQOS_PRIVATE_KEY", "Missing required env var: PEAQOS_PRIVATE_KEY",
                               "Export it, or run peaqos init without --non-interactive");
    }
    refuse("PEAQOS_PRIVATE_KEY", checkKey(key));
    co_return Value{"PEAQOS_PRIVATE_KEY", std::move(key)};
  }

  Task<std::string> value(const AskedSetting& setting, std::string fallback) override {
    std::string given = variable(setting.name);
    if (given.empty()) co_return fallback;
    refuse(setting.name, setting.check(given));
    refuseUnspellable(setting.name, given);
    co_return given;
  }

 private:
  static void refuse(const std::string& name, const std::string& problem) {
    if (problem.empty()) return;
    throw configurationError("BAD_" + name, "Invalid configuration: " + name + ": " + problem);
  }
  static void refuseUnspellable(const std::string& name, const std::string& value) {
    const std::string problem = unspellable(value);
    if (problem.empty()) return;
    throw configurationError("BAD_" + name, "Invalid configuration: " + name + " " + problem, "Give another value");
  }
};

// The name of a folder; empty for the root.
std::string lastPart(std::string path) {
  while (path.ends_with('/') || path.ends_with("/.")) path.pop_back();
  return path.substr(path.find_last_of("/\\") + 1);
}

class FromPerson : public Source {
 public:
  using Source::Source;

  Task<DeploymentRecord> network() override {
    const std::string name =
        co_await answer({.name = "network", .text = "Network (mainnet, testnet, devnet)"}, "mainnet", checkNetwork);
    co_return *peaq::findNetwork(name);
  }

  Task<Value> identity() override {
    const std::string source =
        co_await answer({.name = "key_source", .text = "Private key source (paste, generate, wallet)"}, {},
                        [](const std::string& given) {
                          const bool known = given == "paste" || given == "generate" || given == "wallet";
                          return known ? std::string() : std::string("Answer paste, generate or wallet");
                        });
    if (source == "wallet") co_return Value{"PEAQOS_OWS_WALLET", co_await makeWallet()};
    if (source == "generate") co_return Value{"PEAQOS_PRIVATE_KEY", generate()};
    std::string key = co_await answer({.name = "private_key", .text = "Private key", .hidden = true}, {}, checkKey);
    co_return Value{"PEAQOS_PRIVATE_KEY", std::move(key)};
  }

  Task<std::string> value(const AskedSetting& setting, std::string fallback) override {
    if (!setting.label) {
      std::string given = variable(setting.name);
      co_return setting.check(given).empty() && unspellable(given).empty() && !given.empty() ? given : fallback;
    }
    const bool required = std::string_view(setting.name) == kRpcUrl.name;
    co_return co_await answer({.name = setting.name, .text = setting.label, .hidden = setting.secret},
                              std::move(fallback), [&setting, required](const std::string& given) {
                                if (required && given.empty()) return std::string("A node's URL is needed");
                                return setting.check(given);
                              });
  }

 private:
  // An empty answer takes the fallback.
  Task<std::string> answer(host::Question question, std::string fallback, host::AnswerCheck check) {
    if (!fallback.empty()) question.text += " [" + fallback + "]";
    question.instead = "Run peaqos init --non-interactive to take every value from the environment";
    const std::string given =
        co_await host::ask(caller_.conversation, std::move(question), [&](const std::string& typed) -> std::string {
          if (const std::string problem = unspellable(typed); !problem.empty()) return "The value " + problem;
          return check(typed.empty() ? fallback : typed);
        });
    co_return given.empty() ? fallback : given;
  }

  // Makes a wallet and returns its name, which is the folder's unless another one is given.
  Task<std::string> makeWallet() {
    const std::string folder = caller_.host.files.absolute(".");
    std::string name = co_await answer({.name = "wallet_name", .text = "Wallet name"}, lastPart(folder), checkAny);
    const vault::Wallet wallet =
        co_await createWallet({.name = std::move(name)}, caller_, Configuration::ofEnvironment(caller_.host));
    caller_.conversation.progress({.name = "wallet_created", .state = "note", .facts = toJson(wallet)});
    co_return wallet.name;
  }

  std::string generate() {
    Bytes bytes(32);
    std::string text;
    do {
      caller_.host.random.fill(bytes);
      text = toHex0x(bytes);
    } while (!checkKey(text).empty());
    wipe(bytes);
    const auto signer = signerFrom(asBytes(text), "the generated key");
    caller_.conversation.progress({.name = "generated_key",
                                   .state = "note",
                                   .facts = {{"address", evm::toChecksum(signer->address())}, {"key", text}}});
    return text;
  }
};

std::string section(const std::string& comment, const Values& values) {
  std::string out = comment.empty() ? std::string() : "# " + comment + "\n";
  for (const auto& [name, value] : values) out += dotenvLine(name, value);
  return out + "\n";
}

template <std::size_t count>
Task<Values> collect(Source& source, const DeploymentRecord& network, const AskedSetting (&settings)[count]) {
  Values values;
  for (const AskedSetting& setting : settings) {
    const std::string_view fallback = setting.byNetwork ? network.*setting.byNetwork : std::string_view();
    values.emplace_back(setting.name, co_await source.value(setting, std::string(fallback)));
  }
  co_return values;
}

// The questions in the documented order; the file has an order of its own.
Task<std::string> compose(Source& source) {
  const DeploymentRecord network = co_await source.network();
  const std::string name(network.name);
  const auto identity = co_await source.identity();
  const AskedSetting urls[] = {kRpcUrl, kMcrUrl, kGasStationUrl};
  const Values urlValues = co_await collect(source, network, urls);
  Values contracts = co_await collect(source, network, kContracts);
  std::erase_if(contracts, [](const Value& each) { return each.second.empty(); });
  const Values orchestration = co_await collect(source, network, kOrchestration);
  const Values own = {identity, urlValues[0], urlValues[1], {"PEAQOS_NETWORK", name}, urlValues[2]};
  std::string text = "# peaqOS settings, written by peaqos init for " + name + "\n\n" + section({}, own) +
                     section("Machine Market orchestration (optional)", orchestration);
  if (!contracts.empty()) text += section("Contracts of " + name, contracts);
  text.pop_back();
  co_return text;
}

Task<void> checkOverwrite(InitRequest request, Caller caller) {
  EnvFile file(caller.host.files);
  if (request.force || !co_await file.exists()) co_return;
  const Error declined = inputError("ENV_EXISTS", ".env exists already and was left as it is",
                                    "Use peaqos init --force to replace it, or move it away");
  if (request.nonInteractive) throw declined;
  host::Question question{.name = "overwrite", .text = "Overwrite existing .env?", .instead = "Use --force"};
  if (!co_await host::confirm(caller.conversation, std::move(question))) throw declined;
}

}  // namespace

Task<std::string> initialise(InitRequest request, Caller caller) {
  co_await checkOverwrite(request, caller);
  blindKeys(caller.host.random);
  FromEnvironment environment(caller);
  FromPerson person(caller);
  Source& source = request.nonInteractive ? static_cast<Source&>(environment) : person;
  std::string text = co_await compose(source);
  const Secret content(asBytes(text));
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  EnvFile file(caller.host.files);
  co_await file.write(content, EnvFile::kPrivate);
  co_return caller.host.files.absolute(EnvFile::kPath);
}

}  // namespace peaqos::app
