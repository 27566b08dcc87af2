// SPDX-License-Identifier: Apache-2.0
#include "app/machine/plan_activation.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "app/signing/address_alone.hpp"
#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/fees.hpp"
#include "host/redact_url.hpp"

namespace peaqos::app {
namespace {

using evm::U256;

std::unique_ptr<evm::Signer> machineOf(const std::optional<std::string>& machine, const evm::Address& owner,
                                       const Caller& caller) {
  if (!machine) return nullptr;
  const std::string field = caller.fieldName("for");
  const auto address = evm::parseAddress(*machine);
  if (!address) {
    throw inputError("BAD_FIELD", "Invalid " + field + " address: '" + printable(*machine) + "'",
                     "Give 0x and 40 hexadecimal digits");
  }
  if (*address == owner) throw inputError("BAD_FIELD", field + " is the operator's own address", "Leave it out");
  return std::make_unique<AddressAlone>(*address);
}

Json accountJson(const evm::Address& address, const U256& balance, const U256& needs) {
  return {{"address", evm::toChecksum(address)},
          {"balanceWei", balance.toDecimal()},
          {"needsWei", needs.toDecimal()},
          {"missingWei", (balance < needs ? needs - balance : U256()).toDecimal()}};
}

Json stepJson(const peaq::ActivationPlan& plan, const peaq::PlannedStep& step) {
  const bool optional = step.name == "balance" || step.name == "two_factor" || step.name == "fund";
  Json out{{"name", step.name}, {"state", step.due ? "due" : optional ? "omitted" : "done"}};
  if (!step.due || optional) return out;
  out.update({{"payer", step.byMachine ? "machine" : "operator"},
              {"valueWei", step.value.toDecimal()},
              {"gas", step.gas},
              {"feeWei", plan.feeOf(step).toDecimal()},
              {"estimated", step.estimated}});
  return out;
}

Json planJson(const peaq::ActivationPlan& plan, std::string_view currency) {
  Json steps = Json::array();
  U256 bond;
  for (const peaq::PlannedStep& step : plan.steps) {
    steps.push_back(stepJson(plan, step));
    if (step.due) bond = bond + step.value;
  }
  return {{"currency", currency},
          {"gasPriceWei", plan.gasPrice.toDecimal()},
          {"bondWei", bond.toDecimal()},
          {"totalWei", (plan.needs(false) + plan.needs(true)).toDecimal()},
          {"operator", accountJson(plan.operatorAddress, plan.operatorBalance, plan.needs(false))},
          {"machine", plan.proxy ? accountJson(plan.machine, plan.machineBalance, plan.needs(true)) : Json(nullptr)},
          {"steps", std::move(steps)}};
}

// The names of ledger rows, where they differ from those of steps.
std::string rowName(std::string_view step) { return step == "mint" ? "mint_nft" : std::string(step); }

void addStep(const peaq::ActivationPlan& made, const peaq::PlannedStep& step, const evm::Prices& prices,
             const Configuration& configuration, Plan& plan) {
  if (!step.due || step.name == "balance") return;
  if (step.name == "two_factor" || step.name == "fund") {
    plan.act(std::string(step.name), {{"service", host::redactUrl(configuration.gasStationUrl())}});
    return;
  }
  evm::Transaction transaction;
  transaction.maxFeePerGas = prices.maxFee;
  transaction.gasLimit = evm::withMargin(step.gas);
  const evm::Intent intent{.step = rowName(step.name),
                           .to = step.to,
                           .value = step.value,
                           .data = {},
                           .function = step.function,
                           .arguments = step.arguments};
  PlannedTransaction planned =
      plannedTransaction(intent, {.transaction = transaction, .gas = step.gas, .fee = prices.expected * U256(step.gas)},
                         step.byMachine ? made.machine : made.operatorAddress, plan, configuration.contracts(),
                         configuration.network().currency);
  planned.estimated = step.estimated;
  plan.transactions.push_back(std::move(planned));
}

void readAccount(const peaq::ActivationPlan& made, bool machine, Plan& plan) {
  const std::string account = evm::toChecksum(machine ? made.machine : made.operatorAddress);
  const U256 balance = machine ? made.machineBalance : made.operatorBalance;
  plan.read("balance", account, balance.toDecimal());
  const U256 needs = made.needs(machine);
  if (balance < needs) plan.read("shortfall", account, (needs - balance).toDecimal());
}

Plan planOf(const peaq::ActivationPlan& made, const evm::Prices& prices, const Configuration& configuration) {
  Plan plan{.command = "activate", .chainId = made.chainId, .signer = made.operatorAddress};
  const auto idOrNull = [](const U256& id) { return id == U256() ? Json(nullptr) : Json(id.toDecimal()); };
  plan.read("machine_id", evm::toChecksum(made.machine), idOrNull(made.machineId));
  plan.read("token_id", evm::toChecksum(made.machine), idOrNull(made.tokenId));
  readAccount(made, false, plan);
  if (made.proxy) readAccount(made, true, plan);
  for (const peaq::PlannedStep& step : made.steps) addStep(made, step, prices, configuration, plan);
  return plan;
}

}  // namespace

Task<Plan> planActivate(ActivateRequest request, Caller caller) {
  checkActivation(request, caller);
  const auto session = co_await Session::open(caller);
  const peaq::ActivationPlan made = (co_await readActivationPlan({.docUrl = std::move(request.docUrl),
                                                                  .dataApi = std::move(request.dataApi),
                                                                  .visibility = std::move(request.visibility),
                                                                  .skipFunding = request.skipFunding,
                                                                  .machine = std::move(request.machine)},
                                                                 caller, *session))
                                        .plan;
  evm::RpcClient rpc = session->rpc();
  ledger::Ledger ledger = session->ledger();
  evm::Outbox outbox = session->outbox(rpc, ledger);
  outbox.useChain(made.chainId);
  const evm::Prices prices = co_await evm::readPrices(rpc);
  Plan plan = planOf(made, prices, session->configuration);
  for (const ledger::Row& row : co_await outbox.openRows(made.operatorAddress)) {
    plan.read("earlier_write", row.transaction->hash, {{"step", row.step}, {"status", "pending"}});
  }
  co_return plan;
}

Task<ActivationToPlan> readActivationPlan(PlanActivationRequest request, Caller caller, Session& session) {
  const std::unique_ptr<evm::Signer> signer = co_await session.signer();
  const std::unique_ptr<evm::Signer> machine = machineOf(request.machine, signer->address(), caller);
  evm::RpcClient rpc = session.rpc();
  ledger::Ledger ledger = session.ledger();
  evm::Outbox outbox = session.outbox(rpc, ledger);
  peaq::ActivationPlan plan =
      co_await peaq::planActivation({.docUrl = std::move(request.docUrl),
                                     .dataApi = std::move(request.dataApi),
                                     .visibility = std::move(request.visibility),
                                     .skipFunding = request.skipFunding},
                                    session.activationContext(rpc, ledger, outbox, *signer, machine.get()));
  co_return ActivationToPlan{.plan = std::move(plan), .contracts = session.configuration.contracts()};
}

Task<Json> planActivation(PlanActivationRequest request, Caller caller) {
  const auto session = co_await Session::open(caller);
  const ActivationToPlan found = co_await readActivationPlan(std::move(request), caller, *session);
  co_return planJson(found.plan, session->configuration.network().currency);
}

}  // namespace peaqos::app
