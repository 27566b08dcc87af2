// SPDX-License-Identifier: Apache-2.0
#include "app/plan_activation.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "app/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

using evm::U256;

// A machine of which only the address is known.
class AddressAlone : public evm::Signer {
 public:
  explicit AddressAlone(evm::Address address) : address_(address) {}
  evm::Address address() const override { return address_; }
  PEAQOS_CORO_WRAPPER Task<void> unlock() override { throw noKey(); }

 private:
  static Error noKey() { return inputError("NO_KEY", "a plan signs nothing"); }
  PEAQOS_CORO_WRAPPER Task<crypto::Signature> signDigest(Hash256) override { throw noKey(); }

  evm::Address address_;
};

std::unique_ptr<evm::Signer> machineOf(const PlanActivationRequest& request, const evm::Address& owner,
                                       const Caller& caller) {
  if (!request.machine) return nullptr;
  const std::string field = caller.fieldName("for");
  const auto address = evm::parseAddress(*request.machine);
  if (!address) {
    throw inputError("BAD_FIELD", "Invalid " + field + " address: '" + printable(*request.machine) + "'",
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

Json toJson(const peaq::ActivationPlan& plan, std::string_view currency) {
  Json steps = Json::array();
  for (const peaq::PlannedStep& step : plan.steps) steps.push_back(stepJson(plan, step));
  return {{"currency", currency},
          {"gasPriceWei", plan.gasPrice.toDecimal()},
          {"totalWei", (plan.needs(false) + plan.needs(true)).toDecimal()},
          {"operator", accountJson(plan.operatorAddress, plan.operatorBalance, plan.needs(false))},
          {"machine", plan.proxy ? accountJson(plan.machine, plan.machineBalance, plan.needs(true)) : Json(nullptr)},
          {"steps", std::move(steps)}};
}

}  // namespace

Task<ActivationToPlan> readActivationPlan(PlanActivationRequest request, Caller caller, Session& session) {
  const std::unique_ptr<evm::Signer> signer = co_await session.signer();
  const std::unique_ptr<evm::Signer> machine = machineOf(request, signer->address(), caller);
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
  co_return toJson(found.plan, session->configuration.network().currency);
}

}  // namespace peaqos::app
