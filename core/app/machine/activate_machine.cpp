// SPDX-License-Identifier: Apache-2.0
#include "app/machine/activate_machine.hpp"

#include <utility>

#include "app/machine/generation.hpp"
#include "app/machine/plan_activation.hpp"
#include "app/machine/work.hpp"
#include "app/signing/address_alone.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/key_signer.hpp"
#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/v2/errors.hpp"

namespace peaqos::app {
namespace {

namespace v2 = peaq::v2;

// --- The first generation

struct BondWarning {
  PEAQOS_CORO_WRAPPER Task<void> operator()() const {
    return warnOfFirstGeneration(consented, deployment, configuration, caller);
  }

  bool consented;
  peaq::Deployment deployment;
  const Configuration& configuration;
  Caller caller;
};

Task<ActivateMachineResult> activateFirst(ActivateMachineRequest request, peaq::Deployment deployment,
                                          const Configuration& configuration, Caller caller) {
  const bool consented = request.yes;
  ActivateRequest asked = firstFields(std::move(request), deployment, caller);
  asked.beforeBond = BondWarning{consented, std::move(deployment), configuration, caller};
  co_return co_await activate(std::move(asked), std::move(caller));
}

// --- The second generation

// The key of the machine's own account, which then owns and pays; null where the configured key does.
std::unique_ptr<evm::Signer> machineOwner(ActivateMachineRequest& request, const Caller& caller) {
  const std::string forName = caller.fieldName("for"), keyName = caller.fieldName("machine-key");
  if (!request.machine && !request.machineKey) return nullptr;
  if (request.machine && !request.machineKey && request.dryRun) {
    return std::make_unique<AddressAlone>(checkAddress(*request.machine, forName));
  }
  if (!request.machine || !request.machineKey) {
    throw inputError(
        "MISSING_FIELD",
        forName + " and " + keyName + " go together, and " + (request.machine ? keyName : forName) + " is missing",
        "Give both for a machine that owns itself and that you control, or neither");
  }
  const evm::Address address = checkAddress(*request.machine, forName);
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
  v2::ActivationRequest asked = secondFields(request, owner.address(), configured->address(), caller);
  if (!request.machineType) {
    asked.call.machineType = co_await askForType(caller);
    checkMachineType(asked.call.machineType, caller);
  }
  evm::RpcClient rpc = session->rpc();
  ledger::Ledger ledger = session->ledger();
  evm::Outbox outbox = session->outbox(rpc, ledger, {}, v2::contractErrors());
  // An approval replaces the one before it: activations of one owner do not overlap.
  const IntentLock lock = co_await lockIntent(caller, configuration, "activate " + evm::toChecksum(owner.address()));
  v2::ActivationContext context =
      secondContext(*session, {rpc, ledger, outbox, owner}, std::move(deployment), roles, caller);
  co_return co_await v2::activate(std::move(asked), std::move(context));
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

// The plan of the second generation in the shape of the first's.
Json quoteOf(const v2::Activation& found) {
  const bool due = found.status == v2::ActivationStatus::Preview && found.quote;
  const evm::U256 bond = due ? found.quote->net : evm::U256(),
                  fees = due ? found.fees.value_or(evm::U256()) : evm::U256();
  const evm::U256 balance = found.balance.value_or(evm::U256()), needs = bond + fees;
  const std::string owner = evm::toChecksum(found.owner), controller = evm::toChecksum(found.controller);
  const bool itself = found.owner != found.controller;
  const auto step = [&](const char* name, bool sends, const evm::U256& value, const evm::U256& fee) {
    Json json{{"name", name}, {"state", due && sends ? "due" : due ? "omitted" : "done"}};
    if (due && sends) {
      json.update({{"payer", itself ? "machine" : "operator"},
                   {"valueWei", value.toDecimal()},
                   {"feeWei", fee.toDecimal()},
                   {"estimated", false}});
    }
    return json;
  };
  const Json account{{"address", owner},
                     {"balanceWei", balance.toDecimal()},
                     {"needsWei", needs.toDecimal()},
                     {"missingWei", (balance < needs ? needs - balance : evm::U256()).toDecimal()}};
  return {{"currency", found.deployment.record.currency},
          {"machineId", found.machineId.toDecimal()},
          {"bondWei", bond.toDecimal()},
          {"creditWei", due ? found.quote->credit.toDecimal() : "0"},
          {"totalWei", needs.toDecimal()},
          {"roles", {{"signs", owner}, {"owns", owner}, {"pays", owner}, {"controls", controller}}},
          {"operator", itself ? Json(nullptr) : account},
          {"machine", itself ? account : Json(nullptr)},
          // Fees are known of both together.
          {"steps", Json::array({step("approve_token", found.approvalRequired.value_or(false), {}, {}),
                                 step("activate", true, bond, fees)})}};
}

}  // namespace

Task<Json> quoteActivation(ActivateMachineRequest request, Caller caller) {
  const Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  const peaq::Deployment deployment = co_await chooseDeployment(configuration, caller);
  if (deployment.record.generation == peaq::Generation::First) {
    refuseSecondFields(request, deployment, caller);
    co_return co_await planActivation({.docUrl = request.docUrl.value_or(""),
                                       .dataApi = request.dataApi.value_or(""),
                                       .visibility = std::move(request.visibility),
                                       .skipFunding = request.skipFunding,
                                       .machine = std::move(request.machine)},
                                      caller);
  }
  request.dryRun = true;
  const ActivateMachineResult found = co_await activateSecond(std::move(request), deployment, caller);
  co_return quoteOf(std::get<v2::Activation>(found));
}

Task<ActivateMachineResult> activateMachine(ActivateMachineRequest request, Caller caller) {
  const Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  peaq::Deployment deployment = co_await chooseDeployment(configuration, caller);
  if (deployment.record.generation == peaq::Generation::Second) {
    co_return co_await activateSecond(std::move(request), std::move(deployment), std::move(caller));
  }
  co_return co_await activateFirst(std::move(request), std::move(deployment), configuration, std::move(caller));
}

Task<Plan> planActivateMachine(ActivateMachineRequest request, Caller caller) {
  const Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  peaq::Deployment deployment = co_await chooseDeployment(configuration, caller);
  if (deployment.record.generation == peaq::Generation::First) {
    co_return co_await planActivate(firstFields(std::move(request), deployment, caller), caller);
  }
  request.dryRun = true;
  const ActivateMachineResult result = co_await activateSecond(std::move(request), std::move(deployment), caller);
  co_return planOf(std::get<v2::Activation>(result));
}

Json toJson(const ActivateMachineResult& result) {
  return std::visit([](const auto& known) { return toJson(known); }, result);
}

}  // namespace peaqos::app
