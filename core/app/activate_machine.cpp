// SPDX-License-Identifier: Apache-2.0
#include "app/activate_machine.hpp"

#include <charconv>
#include <utility>
#include <vector>

#include "app/intent_lock.hpp"
#include "app/key_signer.hpp"
#include "app/plan_activation.hpp"
#include "app/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/deployment.hpp"
#include "peaq/v2/did_file.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/usual_document.hpp"

namespace peaqos::app {
namespace {

namespace v2 = peaq::v2;

constexpr std::uint64_t kMostSlippage = 10'000;  // hundredths of a percent

struct GivenField {
  std::string_view flag;
  bool given;
};

std::vector<std::string> given(std::initializer_list<GivenField> fields, const Caller& caller) {
  std::vector<std::string> names;
  for (const GivenField& field : fields) {
    if (field.given) names.push_back(caller.fieldName(field.flag));
  }
  return names;
}

std::vector<std::string> ofSecondGeneration(const ActivateMachineRequest& r, const Caller& caller) {
  return given({{"machine-type", r.machineType.has_value()},
                {"credential-subject-hex", r.credentialSubject.has_value()},
                {"manufacturer", r.manufacturer.has_value()},
                {"tier", r.tier.has_value()},
                {"did-document", r.didDocument.has_value()},
                {"payment", r.payment.has_value()},
                {"slippage-bps", r.slippageBps.has_value()},
                {"dry-run", r.dryRun}},
               caller);
}

// --- The first generation

void refuseSecond(const ActivateMachineRequest& request, const peaq::Deployment& deployment, const Caller& caller) {
  const auto names = ofSecondGeneration(request, caller);
  if (names.empty()) return;
  const auto second = *peaq::findNetwork(deployment.record.name, peaq::Generation::Second);
  throw inputError("OTHER_GENERATION",
                   join(names, ", ") + (names.size() == 1 ? " is" : " are") + " for contracts of generation 2, and " +
                       deployment.description() + " is in use",
                   "Set PEAQOS_DEPLOYMENT_ID=" + std::string(second.id) + " for it, or leave " +
                       (names.size() == 1 ? "it" : "them") + " out");
}

void requireUrls(const ActivateMachineRequest& request, const Caller& caller) {
  for (const auto& [flag, value] : {std::pair("doc-url", &request.docUrl), std::pair("data-api", &request.dataApi)}) {
    if (*value) continue;
    if (caller.naming == Naming::Flags) {
      throw inputError("USAGE", "Missing option '" + caller.fieldName(flag) + "'", "See 'peaqos activate --help'");
    }
    throw inputError("MISSING_FIELD", caller.fieldName(flag) + " is missing");
  }
}

// A bond that goes to contracts which nothing rates any more is paid knowingly or not at all.
Task<void> warnOfFirstGeneration(bool consented, peaq::Deployment deployment, const Configuration& configuration,
                                 Caller caller) {
  if (deployment.record.isDevelopment() || deployment.byChain) co_return;
  const auto second = *peaq::findNetwork(deployment.record.name, peaq::Generation::Second);
  host::HttpClient http(caller.host, configuration.requestTimeout());
  evm::RpcClient rpc(http, configuration.rpcUrl());
  const auto replies = co_await rpc.read({peaq::secondGenerationCall(second)});
  if (!peaq::hasSecondGeneration(replies[0], second)) co_return;
  caller.conversation.progress(
      {.name = "configuration",
       .state = "warning",
       .facts = {{"text", "this pays the bond of a machine of generation 1, since " + deployment.why + ". Since " +
                              std::string(second.date) + " this network rates machines of generation 2 (" +
                              std::string(second.id) + "): PEAQOS_DEPLOYMENT_ID=" + std::string(second.id) +
                              " activates there"}}});
  if (consented) co_return;
  host::Question question{.name = "confirm_first_generation",
                          .text = "Activate a machine of generation 1 all the same?",
                          .instead = "Use " + caller.fieldName("yes")};
  if (co_await host::confirm(caller.conversation, std::move(question))) co_return;
  throw inputError("NOT_CONFIRMED", "the activation was not confirmed, and nothing was sent");
}

struct BondWarning {
  PEAQOS_CORO_WRAPPER Task<void> operator()() const {
    return warnOfFirstGeneration(consented, deployment, configuration, caller);
  }

  bool consented;
  peaq::Deployment deployment;
  const Configuration& configuration;
  Caller caller;
};

// The request of the first generation, whose fields are all there.
ActivateRequest firstRequest(ActivateMachineRequest request, const peaq::Deployment& deployment, const Caller& caller) {
  refuseSecond(request, deployment, caller);
  requireUrls(request, caller);
  return {.docUrl = std::move(*request.docUrl),
          .dataApi = std::move(*request.dataApi),
          .visibility = std::move(request.visibility),
          .skipFunding = request.skipFunding,
          .machine = std::move(request.machine),
          .machineKey = std::move(request.machineKey),
          .machineKeySource = std::move(request.machineKeySource)};
}

Task<ActivateMachineResult> activateFirst(ActivateMachineRequest request, peaq::Deployment deployment,
                                          const Configuration& configuration, Caller caller) {
  const bool consented = request.yes;
  ActivateRequest asked = firstRequest(std::move(request), deployment, caller);
  asked.beforeBond = BondWarning{consented, std::move(deployment), configuration, caller};
  co_return co_await activate(std::move(asked), std::move(caller));
}
// --- The second generation

Error bad(const Caller& caller, std::string_view flag, const std::string& problem, std::string hint) {
  return inputError("BAD_FIELD", caller.fieldName(flag) + " " + problem, std::move(hint));
}

evm::Address addressOf(const std::string& text, std::string_view flag, const Caller& caller) {
  if (const auto address = evm::parseAddress(text)) return *address;
  throw bad(caller, flag, "is not an address: '" + printable(text) + "'", "Give 0x and 40 hexadecimal digits");
}

void checkType(const std::string& type, const Caller& caller) {
  if (trim(type).empty())
    throw bad(caller, "machine-type", "is empty", "Give what kind of machine it is, such as Sensor");
  if (trim(type) != type) {
    throw bad(caller, "machine-type", "has blanks around it: '" + printable(type) + "'",
              "Leave them out: they would change the machine's ID without being seen");
  }
  if (!isValidUtf8(type)) throw bad(caller, "machine-type", "is not UTF-8", "Give it in UTF-8");
}

Bytes subjectOf(const std::string& text, const Caller& caller) {
  const auto bytes = text.starts_with("0x") ? fromHex(text) : std::nullopt;
  if (bytes) return *bytes;
  throw bad(caller, "credential-subject-hex", "is not hexadecimal: '" + printable(text) + "'",
            "Give 0x and an even number of hexadecimal digits, such as the device's public key");
}

v2::Tier tierOf(const std::string& word, const Caller& caller) {
  if (const auto tier = v2::parseTier(word)) return *tier;
  throw bad(caller, "tier", "is '" + printable(word) + "'", "Use entry, basic or pro");
}

v2::Rail railOf(const ActivateMachineRequest& request, const Caller& caller) {
  const std::string word = request.payment.value_or("peaq");
  if (word != "peaq" && word != "usdt")
    throw bad(caller, "payment", "is '" + printable(word) + "'", "Use peaq or usdt");
  if (word == "usdt" && !request.slippageBps) {
    throw inputError("MISSING_FIELD", caller.fieldName("slippage-bps") + " is missing: a price in USDT can move",
                     "Give how much dearer it may become, in hundredths of a percent, such as 50");
  }
  if (word == "peaq" && request.slippageBps) {
    throw bad(caller, "slippage-bps", "is for " + caller.fieldName("payment") + " usdt alone", "Leave it out");
  }
  return word == "usdt" ? v2::Rail::Usdt : v2::Rail::Peaq;
}

std::uint64_t slippageOf(const ActivateMachineRequest& request, const Caller& caller) {
  if (!request.slippageBps) return 0;
  const std::string& text = *request.slippageBps;
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc() && end == text.data() + text.size() && value <= kMostSlippage) return value;
  throw bad(caller, "slippage-bps", "is '" + printable(text) + "'", "Give a whole number from 0 to 10000");
}

// The key of the machine's own account, which then owns and pays; null where the configured key does.
std::unique_ptr<evm::Signer> machineOwner(ActivateMachineRequest& request, const Caller& caller) {
  const std::string forName = caller.fieldName("for"), keyName = caller.fieldName("machine-key");
  if (!request.machine && !request.machineKey) return nullptr;
  if (!request.machine || !request.machineKey) {
    throw inputError(
        "MISSING_FIELD",
        forName + " and " + keyName + " go together, and " + (request.machine ? keyName : forName) + " is missing",
        "Give both for a machine that owns itself and that you control, or neither");
  }
  const evm::Address address = addressOf(*request.machine, "for", caller);
  auto signer = signerFrom(request.machineKey->expose(), request.machineKeySource);
  if (signer->address() == address) return signer;
  throw configurationError("MACHINE_KEY_MISMATCH",
                           request.machineKeySource + " holds the key of " + evm::toChecksum(signer->address()) +
                               ", but " + forName + " is " + evm::toChecksum(address),
                           "Give the key that belongs to the machine's address");
}

// The only thing that nobody but the user can know.
Task<std::string> askForType(Caller caller) {
  host::Question question{.name = "machine_type",
                          .text = "Machine type, part of the machine's ID for ever (such as Sensor)",
                          .personOnly = true};
  const auto answer = co_await caller.conversation.ask(std::move(question));
  if (answer) co_return std::string(trim(asText(answer->expose())));
  throw inputError("MISSING_FIELD",
                   caller.fieldName("machine-type") +
                       " is missing: this network has contracts of generation 2, where a machine's ID follows from its "
                       "type and its credential subject",
                   "For example: peaqos activate --machine-type Sensor --credential-subject-hex 0x<public key of the "
                   "device> --tier entry --yes");
}

v2::DidDocument documentOf(const ActivateMachineRequest& request, const evm::Address& owner, const Caller& caller) {
  if (!request.didDocument) {
    return v2::usualDocument(owner, {.documentation = request.docUrl.value_or(""),
                                     .dataApi = request.dataApi.value_or(""),
                                     .visibility = request.visibility.value_or("")});
  }
  const auto others = given({{"doc-url", request.docUrl.has_value()},
                             {"data-api", request.dataApi.has_value()},
                             {"visibility", request.visibility.has_value()}},
                            caller);
  if (!others.empty()) {
    throw inputError("BAD_FIELD",
                     caller.fieldName("did-document") + " and " + join(others, ", ") + " exclude each other",
                     "Put them into the file as serviceEndpoints");
  }
  return v2::readDidFile(*request.didDocument, request.didDocumentSource);
}

Task<v2::ActivationRequest> readFields(const ActivateMachineRequest& request, evm::Address owner,
                                       evm::Address controller, Caller caller) {
  v2::ActivationRequest asked{.call = {},
                              .rail = railOf(request, caller),
                              .slippageBps = slippageOf(request, caller),
                              .skipFunding = request.skipFunding,
                              .dryRun = request.dryRun,
                              .consented = request.yes};
  v2::ActivationCall& call = asked.call;
  call.tier = tierOf(request.tier.value_or("entry"), caller);
  call.manufacturer = request.manufacturer ? addressOf(*request.manufacturer, "manufacturer", caller) : owner;
  call.credentialSubject = request.credentialSubject ? subjectOf(*request.credentialSubject, caller)
                                                     : Bytes(owner.bytes.begin(), owner.bytes.end());
  call.document = documentOf(request, owner, caller);
  call.document.controller = controller;
  if (request.machineType) {
    call.machineType = *request.machineType;
  } else {
    call.machineType = co_await askForType(caller);
  }
  checkType(call.machineType, caller);
  co_return asked;
}

Task<ActivateMachineResult> activateSecond(ActivateMachineRequest request, peaq::Deployment deployment, Caller caller) {
  blindKeys(caller.host.random);
  const std::unique_ptr<evm::Signer> machine = machineOwner(request, caller);
  const auto session = co_await Session::open(caller);
  const Configuration& configuration = session->configuration;
  const v2::Roles roles = configuration.roles(deployment.record);
  const std::unique_ptr<evm::Signer> configured = co_await session->signer();
  if (machine && machine->address() == configured->address()) {
    throw inputError("BAD_FIELD", caller.fieldName("for") + " is the configured key's own address",
                     "Leave out " + caller.fieldName("for") + " and " + caller.fieldName("machine-key"));
  }
  evm::Signer& owner = machine ? *machine : *configured;
  v2::ActivationRequest asked = co_await readFields(request, owner.address(), configured->address(), caller);
  evm::RpcClient rpc = session->rpc();
  ledger::Ledger ledger = session->ledger();
  evm::Outbox outbox = session->outbox(rpc, ledger, {}, v2::contractErrors());
  // An approval replaces the one before it: activations of one owner do not overlap.
  const IntentLock lock = co_await lockIntent(caller, configuration, "activate " + evm::toChecksum(owner.address()));
  co_return co_await v2::activate(std::move(asked),
                                  {.rpc = rpc,
                                   .ledger = ledger,
                                   .outbox = outbox,
                                   .http = session->http,
                                   .clock = caller.host.clock,
                                   .random = caller.host.random,
                                   .conversation = caller.conversation,
                                   .signer = owner,
                                   .deployment = std::move(deployment),
                                   .roles = roles,
                                   .gasStationUrl = [&configuration] { return configuration.gasStationUrl(); }});
}

// Without a node nothing can be asked: the first generation's complaint about that is as good as the second's.
Task<peaq::Deployment> deploymentOf(const Configuration& configuration, const Caller& caller) {
  const peaq::DeploymentChoice choice = configuration.deployment();
  if (choice.isOpen() && !configuration.look("PEAQOS_RPC_URL")) {
    co_return peaq::Deployment{.record = choice.network(), .why = "nothing else is set"};
  }
  host::HttpClient http(caller.host, configuration.requestTimeout());
  evm::RpcClient rpc(http, choice.isOpen() ? configuration.rpcUrl() : std::string());
  co_return co_await peaq::findDeployment(choice, rpc);
}

// What an activation of the second generation would send. Fees are known for both transactions together.
Plan planOf(const v2::Activation& found) {
  Plan plan{.command = "activate", .chainId = found.chainId, .signer = found.owner};
  const std::string owner = evm::toChecksum(found.owner);
  plan.read("deployment", std::string(found.deployment.record.id), found.deployment.why);
  plan.read("machine_id", found.machineType, found.machineId.toDecimal());
  if (found.balance) plan.read("balance", owner, found.balance->toDecimal());
  if (found.status != v2::ActivationStatus::Preview || !found.quote) return plan;
  const std::string currency(found.deployment.record.currency);
  const v2::Quote& quote = *found.quote;
  const bool usdt = quote.usdt.has_value();
  if (found.approvalRequired.value_or(false)) {
    plan.transactions.push_back({.step = "approve_token",
                                 .chainId = found.chainId,
                                 .currency = currency,
                                 .from = found.owner,
                                 .to = usdt ? quote.usdt->token : quote.token,
                                 .function = "approve(address,uint256)",
                                 .estimated = false});
  }
  plan.transactions.push_back({.step = "activate",
                               .chainId = found.chainId,
                               .currency = currency,
                               .from = found.owner,
                               .to = found.machineStateAndSync,
                               .contract = "MachineStateAndSync",
                               .function = usdt ? "activateMachineWithUsdt" : "activateMachine",
                               .maxFee = found.fees.value_or(evm::U256()),
                               .estimated = false});
  plan.payments.push_back(
      usdt ? PlannedSum{.currency = "USDT", .decimals = 6, .value = quote.usdt->maximum, .fee = {}, .maxFee = {}}
           : PlannedSum{.currency = "bond in " + currency, .value = quote.net, .fee = {}, .maxFee = {}});
  return plan;
}

}  // namespace

Task<ActivateMachineResult> activateMachine(ActivateMachineRequest request, Caller caller) {
  const Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  peaq::Deployment deployment = co_await deploymentOf(configuration, caller);
  if (deployment.record.generation == peaq::Generation::Second) {
    co_return co_await activateSecond(std::move(request), std::move(deployment), std::move(caller));
  }
  co_return co_await activateFirst(std::move(request), std::move(deployment), configuration, std::move(caller));
}

Task<Plan> planActivateMachine(ActivateMachineRequest request, Caller caller) {
  const Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  peaq::Deployment deployment = co_await deploymentOf(configuration, caller);
  if (deployment.record.generation == peaq::Generation::First) {
    co_return co_await planActivate(firstRequest(std::move(request), deployment, caller), caller);
  }
  request.dryRun = true;
  const ActivateMachineResult result = co_await activateSecond(std::move(request), std::move(deployment), caller);
  co_return planOf(std::get<v2::Activation>(result));
}

Json toJson(const ActivateMachineResult& result) {
  return std::visit([](const auto& known) { return toJson(known); }, result);
}

}  // namespace peaqos::app
