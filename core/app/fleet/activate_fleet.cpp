// SPDX-License-Identifier: Apache-2.0
#include "app/fleet/activate_fleet.hpp"

#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/fleet/fleet_file.hpp"
#include "app/machine/generation.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/key_signer.hpp"
#include "app/signing/session.hpp"
#include "evm/units.hpp"
#include "peaq/did.hpp"
#include "peaq/fleet_activation.hpp"
#include "peaq/reverts.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/fleet_activation.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::app {
namespace {

// The fleet of a generation: the lines that belong to it, then what they come to.
class FleetOfGeneration : public FleetLines {
 public:
  // What has been taken, ready to be surveyed; asked for once.
  virtual std::unique_ptr<peaq::Fleet> fleet(const FleetFileRequest& request) = 0;
  // What is said, and asked, before money goes to it.
  virtual Task<void> warn(bool agreed) = 0;
  virtual std::string contractOf(const evm::Address& address) const = 0;
  virtual bool isSecond() const = 0;

  std::vector<std::uint64_t> numbers;  // of the lines, in the order of the machines
};

// What both work with.
struct Surroundings {
  Caller& caller;
  Session& session;
  peaq::Deployment deployment;
  evm::RpcClient& rpc;
  ledger::Ledger& ledger;
  evm::Outbox& outbox;
  evm::Signer& signer;
};

class FirstFleet : public FleetOfGeneration {
 public:
  explicit FirstFleet(Surroundings around) : around_(std::move(around)) {}

  std::optional<std::uint64_t> take(FleetLine line, const Caller& columns, MachineResult& result) override {
    ActivateRequest asked = firstFields(std::move(line.fields), around_.deployment, columns);
    checkActivation(asked, columns);
    if (!line.signer) {
      throw inputError("BAD_FIELD", "a machine is named by machine_key, or by wallet and index", "Give one of the two");
    }
    const evm::Address address = line.signer->address();
    result.machine = evm::toChecksum(address);
    if (address == around_.signer.address()) throw inputError("BAD_FIELD", "the machine is the operator itself");
    const auto [first, isFirst] = lines_.emplace(address, line.line);
    if (!isFirst) return first->second;
    numbers.push_back(line.line);
    machines_.push_back({line.signer.get(),
                         {.docUrl = std::move(asked.docUrl),
                          .dataApi = std::move(asked.dataApi),
                          .visibility = std::move(asked.visibility),
                          .skipFunding = asked.skipFunding}});
    signers_.push_back(std::move(line.signer));
    return std::nullopt;
  }

  std::unique_ptr<peaq::Fleet> fleet(const FleetFileRequest& request) override {
    return std::make_unique<peaq::FleetActivation>(
        peaq::FleetRequest{.machines = std::move(machines_),
                           .gasPerMachine = request.gasPerMachine,
                           .skipFunding = request.skipFunding},
        around_.session.activationContext(around_.rpc, around_.ledger, around_.outbox, around_.signer, nullptr));
  }

  PEAQOS_CORO_WRAPPER Task<void> warn(bool agreed) override {
    return warnOfFirstGeneration(agreed, around_.deployment, around_.session.configuration, around_.caller);
  }
  std::string contractOf(const evm::Address& address) const override {
    return std::string(peaq::contractName(around_.session.configuration.contracts(), address));
  }
  bool isSecond() const override { return false; }

 private:
  const Surroundings around_;
  std::vector<std::unique_ptr<evm::Signer>> signers_;
  std::vector<peaq::FleetMachine> machines_;
  std::map<evm::Address, std::uint64_t> lines_;
};

class SecondFleet : public FleetOfGeneration {
 public:
  explicit SecondFleet(Surroundings around)
      : around_(std::move(around)), roles_(around_.session.configuration.roles(around_.deployment.record)) {}

  std::optional<std::uint64_t> take(FleetLine line, const Caller& columns, MachineResult& result) override {
    result.isSecond = true;
    const bool own = line.signer && line.signer->address() != around_.signer.address();
    evm::Signer* owner = own ? line.signer.get() : &around_.signer;
    if (own) result.machine = evm::toChecksum(owner->address());
    peaq::v2::ActivationRequest asked = secondFields(line.fields, owner->address(), around_.signer.address(), columns);
    if (!line.fields.machineType) {
      throw inputError("MISSING_FIELD", "machine_type is missing", "Give what kind of machine it is, such as Sensor");
    }
    const evm::U256 id = peaq::v2::machineIdOf(asked.call.machineType, asked.call.credentialSubject);
    result.machineId = id;
    const auto [first, isFirst] = lines_.emplace(id, line.line);
    if (!isFirst) return first->second;
    if (own) owner = &ownSigner(std::move(line.signer));
    numbers.push_back(line.line);
    machines_.push_back({owner, std::move(asked)});
    return std::nullopt;
  }

  std::unique_ptr<peaq::Fleet> fleet(const FleetFileRequest& request) override {
    return std::make_unique<peaq::v2::FleetActivation>(
        peaq::v2::FleetRequest{.machines = std::move(machines_),
                               .gasPerMachine = request.gasPerMachine,
                               .skipFunding = request.skipFunding},
        secondContext(around_.session, {around_.rpc, around_.ledger, around_.outbox, around_.signer},
                      around_.deployment, roles_, around_.caller));
  }

  Task<void> warn(bool /*agreed*/) override { co_return; }
  std::string contractOf(const evm::Address& address) const override {
    return std::string(peaq::v2::roleName(roles_, address));
  }
  bool isSecond() const override { return true; }

 private:
  // One signer for each account, however many machines it owns.
  evm::Signer& ownSigner(std::unique_ptr<evm::Signer> signer) {
    const evm::Address address = signer->address();
    return *signers_.try_emplace(address, std::move(signer)).first->second;
  }

  const Surroundings around_;
  const peaq::v2::Roles roles_;
  std::map<evm::Address, std::unique_ptr<evm::Signer>> signers_;
  std::vector<peaq::v2::FleetMachine> machines_;
  std::map<evm::U256, std::uint64_t> lines_;
};

// One run: what its steps share.
class FleetRun {
 public:
  FleetRun(FleetFileRequest request, FleetResults& results, Caller& caller, Session& session, evm::Signer& signer,
           peaq::Deployment deployment)
      : request_(std::move(request)),
        results_(results),
        caller_(caller),
        signer_(signer),
        currency_(deployment.record.currency),
        rpc_(session.rpc()),
        ledger_(session.ledger()),
        outbox_(session.outbox(rpc_, ledger_, {}, contractErrorsOf(deployment.record.generation))),
        file_(request_, caller, session.configuration),
        lines_(linesOf({caller, session, std::move(deployment), rpc_, ledger_, outbox_, signer})) {}

  Task<FleetSummary> run() {
    co_await read();
    FleetSummary& summary = file_.summary;
    summary.currency = currency_;
    if (lines_->numbers.empty()) co_return std::move(summary);
    if (!request_.check) co_await fleet_->settleEarlier();
    co_await fleet_->survey();
    const peaq::FleetCosts costs = fleet_->costs();
    summary.bonds = costs.bonds;
    summary.topUps = costs.topUpSum;
    if (request_.check) co_return checked(costs);
    if (costs.due > 0) {
      if (costs.registrations > 0) co_await lines_->warn(request_.yes);
      co_await ask(costs);
      co_await signer_.unlock();
    }
    summary.stopped = co_await fleet_->run();
    summary.transactions = fleet_->transactions();
    summary.fees = fleet_->fees();
    const std::vector<peaq::FleetOutcome> outcomes = fleet_->outcomes();
    for (std::size_t i = 0; i < outcomes.size(); ++i) tell(i, outcomes[i]);
    co_await results_.flush();
    co_return std::move(summary);
  }

  // What is due is counted; a line is only told of where it cannot be activated.
  FleetSummary checked(const peaq::FleetCosts& costs) {
    FleetSummary& summary = file_.summary;
    const std::vector<peaq::FleetOutcome> outcomes = fleet_->outcomes();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (!outcomes[i].problem.empty()) tell(i, outcomes[i]);
      if (outcomes[i].earlier) ++summary.earlier;
    }
    summary.activated = costs.due;
    summary.fees = costs.operatorFees + costs.machineFees;
    return std::move(summary);
  }

  Task<Plan> plan() {
    Plan plan{.command = "activate", .signer = signer_.address()};
    co_await read();
    if (!lines_->numbers.empty()) {
      co_await fleet_->survey();
      plan.chainId = fleet_->chainId();
      plan.read("balance", evm::toChecksum(signer_.address()), fleet_->operatorBalance().toDecimal());
    }
    const FleetSummary& found = file_.summary;
    const peaq::FleetCosts costs = fleet_->costs();
    plan.read("lines", request_.file,
              {{"lines", found.lines},
               {"duplicates", found.duplicates},
               {"invalid", found.invalid},
               {"due", costs.due},
               {"registrations", costs.registrations},
               {"mints", costs.mints},
               {"dids", costs.dids},
               {"top_ups", costs.topUps}});
    if (!plan.chainId) co_return plan;
    for (peaq::FleetTransaction& each : fleet_->planned()) addTransaction(each, plan);
    for (const peaq::FleetPayment& each : fleet_->payments()) {
      plan.payments.push_back(
          {.currency = each.currency, .decimals = each.decimals, .value = each.amount, .fee = {}, .maxFee = {}});
    }
    co_return plan;
  }

 private:
  static std::span<const std::string_view> contractErrorsOf(peaq::Generation generation) {
    return generation == peaq::Generation::Second ? peaq::v2::contractErrors() : peaq::contractErrors();
  }
  static std::unique_ptr<FleetOfGeneration> linesOf(Surroundings around) {
    if (around.deployment.record.generation == peaq::Generation::Second) {
      return std::make_unique<SecondFleet>(std::move(around));
    }
    return std::make_unique<FirstFleet>(std::move(around));
  }

  Task<void> read() {
    co_await file_.read(*lines_, results_);
    co_await results_.flush();
    if (request_.strict && file_.summary.invalid > 0) {
      throw inputError("INVALID_LINES",
                       std::to_string(file_.summary.invalid) + " of " + std::to_string(file_.summary.lines) +
                           " lines are invalid; nothing was sent",
                       "Mend them, or leave out --strict to activate the others");
    }
    fleet_ = lines_->fleet(request_);
  }

  std::string coins(const evm::U256& wei) const { return evm::formatUnitsUp(wei, 18, 4) + " " + currency_; }

  std::string bondsText(const peaq::FleetCosts& costs) const {
    return "bonds of " + coins(costs.bonds + costs.machineBonds) + " for " + std::to_string(costs.registrations) +
           (lines_->isSecond() ? " activations" : " registrations") +
           (costs.machineBonds == evm::U256()
                ? std::string()
                : ", " + coins(costs.machineBonds) + " of them from machines' own accounts");
  }

  Task<void> ask(const peaq::FleetCosts& costs) {
    if (request_.yes) co_return;
    const evm::U256 fees = costs.operatorFees + costs.machineFees;
    const evm::U256 sum = costs.bonds + costs.topUpSum + costs.operatorFees;
    const bool agreed = co_await host::confirm(
        caller_.conversation,
        {.name = "activate_fleet",
         .text = "Activate " + std::to_string(costs.due) + " machines of operator " +
                 evm::toChecksum(signer_.address()) + ": " + bondsText(costs) + ", " + coins(costs.topUpSum) + " for " +
                 std::to_string(costs.topUps) + " top-ups, fees of about " + coins(fees) + "; " + coins(sum) +
                 " of the operator in all?",
         .instead = "Add -y to activate without asking",
         .personOnly = true,
         .facts = {{"from", evm::toChecksum(signer_.address())},
                   {"currency", currency_},
                   {"machines", costs.due},
                   {"registrations", costs.registrations},
                   {"top_ups", costs.topUps},
                   {"bonds_wei", (costs.bonds + costs.machineBonds).toDecimal()},
                   {"top_ups_wei", costs.topUpSum.toDecimal()},
                   {"fees_wei", fees.toDecimal()}}});
    if (!agreed) throw inputError("DECLINED", "Aborted! Nothing was sent");
  }

  void tell(std::size_t index, const peaq::FleetOutcome& outcome) {
    const LineStatus status = outcome.complete  ? LineStatus::Confirmed
                              : outcome.pending ? LineStatus::Pending
                                                : LineStatus::Rejected;
    FleetSummary& summary = file_.summary;
    if (status == LineStatus::Pending) ++summary.pending;
    if (status == LineStatus::Rejected) ++summary.rejected;
    if (outcome.complete) ++(outcome.earlier ? summary.earlier : summary.activated);
    results_.add({.line = lines_->numbers[index],
                  .status = status,
                  .machine = outcome.account ? evm::toChecksum(*outcome.account) : std::string(),
                  .machineId = outcome.machineId,
                  .tokenId = outcome.tokenId,
                  .isSecond = lines_->isSecond(),
                  .hash = outcome.hash,
                  .reason = outcome.problem});
  }

  void addTransaction(peaq::FleetTransaction& each, Plan& plan) {
    PlannedTransaction out{.step = each.step,
                           .chainId = *plan.chainId,
                           .currency = currency_,
                           .from = each.from,
                           .to = each.to,
                           .contract = lines_->contractOf(each.to),
                           .function = std::move(each.function),
                           .arguments = std::move(each.arguments),
                           .value = each.value,
                           .fee = each.fee,
                           .maxFee = each.maxFee,
                           .gas = each.gas,
                           .estimated = false};
    for (peaq::OperatorCall& call : each.calls) {
      if (listedCalls_ >= kListedCalls) {
        ++out.callsLeftOut;
        continue;
      }
      ++listedCalls_;
      const std::string contract = lines_->contractOf(call.to);
      out.calls.push_back({{"machine", evm::toChecksum(call.machine)},
                           {"contract", contract.empty() ? Json(nullptr) : Json(contract)},
                           {"function", call.function},
                           {"arguments", std::move(call.arguments)},
                           {"value", call.value.toDecimal()}});
    }
    plan.transactions.push_back(std::move(out));
  }

  const FleetFileRequest request_;
  FleetResults& results_;
  Caller& caller_;
  evm::Signer& signer_;
  const std::string currency_;
  evm::RpcClient rpc_;
  ledger::Ledger ledger_;
  evm::Outbox outbox_;
  FleetFile file_;
  const std::unique_ptr<FleetOfGeneration> lines_;
  std::unique_ptr<peaq::Fleet> fleet_;
  std::size_t listedCalls_ = 0;
};

// For plans: what becomes of lines is counted, not told.
class NoMachineResults : public FleetResults {
 public:
  void add(const MachineResult& /*result*/) override {}
  Task<void> flush() override { co_return; }
};

}  // namespace

std::string MachineResult::did() const {
  if (isSecond) return machineId == evm::U256() ? std::string() : peaq::v2::machineDid(machineId);
  return machine.empty() ? std::string() : std::string(peaq::kDidMethod) + machine;
}

Json toJson(const MachineResult& result) {
  const auto textOrNull = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  const auto idOrNull = [](const evm::U256& id) { return id == evm::U256() ? Json(nullptr) : evm::toJson(id); };
  Json id = idOrNull(result.machineId);
  if (result.isSecond && !id.is_null()) id = result.machineId.toDecimal();
  return {{"line", result.line},
          {"machine", textOrNull(result.machine)},
          {"machine_id", std::move(id)},
          {"token_id", idOrNull(result.tokenId)},
          {"machine_did", textOrNull(result.did())},
          {"status", name(result.status)},
          {"tx_hash", textOrNull(result.hash)},
          {"reason", textOrNull(result.reason)}};
}

Task<FleetSummary> activateFleet(FleetFileRequest request, FleetResults& results, Caller caller) {
  blindKeys(caller.host.random);
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  // One activation at a time of each operator: its DID lists all of its machines.
  const IntentLock lock =
      co_await lockIntent(caller, session->configuration, "activate " + evm::toChecksum(signer->address()));
  peaq::Deployment deployment = co_await chooseDeployment(session->configuration, caller);
  FleetRun run(std::move(request), results, caller, *session, *signer, std::move(deployment));
  co_return co_await run.run();
}

Task<Plan> planFleet(FleetFileRequest request, Caller caller) {
  blindKeys(caller.host.random);
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  NoMachineResults results;
  peaq::Deployment deployment = co_await chooseDeployment(session->configuration, caller);
  FleetRun run(std::move(request), results, caller, *session, *signer, std::move(deployment));
  co_return co_await run.plan();
}

}  // namespace peaqos::app
