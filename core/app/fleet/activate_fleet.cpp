// SPDX-License-Identifier: Apache-2.0
#include "app/fleet/activate_fleet.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "app/activate.hpp"
#include "app/fleet/machine_keys.hpp"
#include "app/intent_lock.hpp"
#include "app/key_signer.hpp"
#include "app/session.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"
#include "peaq/deployment.hpp"
#include "peaq/did.hpp"
#include "peaq/fleet_activation.hpp"

namespace peaqos::app {
namespace {

constexpr std::string_view kColumns[] = {"doc_url", "data_api", "machine_key", "wallet", "index", "visibility"};
constexpr std::size_t kRequired = 2;
constexpr std::size_t kListedCalls = 100;  // of a plan, with their arguments

std::string wordsOf(const Error& error) { return error.message + (error.hint.empty() ? "" : ". " + error.hint); }

std::optional<std::string> column(const Record& record, const char* name) {
  const auto found = record.members.find(name);
  return found == record.members.end() ? std::nullopt : std::optional(found->second);
}

// A line that names a machine.
struct Machine {
  std::uint64_t line = 0;
  std::unique_ptr<evm::Signer> signer;
  peaq::ActivationRequest request;
};

Task<std::unique_ptr<evm::Signer>> signerOf(Record record, MachineKeys& keys) {
  const auto file = column(record, "machine_key"), wallet = column(record, "wallet"), index = column(record, "index");
  const bool one = file ? !wallet && !index : wallet && index;
  if (!one) {
    throw inputError("BAD_FIELD", "a machine is named by machine_key, or by wallet and index", "Give one of the two");
  }
  if (file) co_return co_await keys.ofFile(*file);
  co_return co_await keys.ofWallet(*wallet, *index);
}

// The machines of a file, and what is wrong with its other lines.
class FleetFile {
 public:
  FleetFile(const FleetFileRequest& request, Caller& caller, const Configuration& configuration, evm::Address owner)
      : request_(request), caller_(caller), keys_(caller, configuration), owner_(owner) {}

  Task<void> read(FleetResults& results) {
    FileSource source(caller_.host.files, request_.file);
    const auto format = request_.format ? request_.format : formatOf(request_.file);
    RecordReader records(source, format, kColumns, kRequired);
    Caller columns = caller_;
    columns.naming = Naming::Columns;
    while (auto record = co_await records.next()) {
      ++summary.lines;
      MachineResult result{.line = record->line, .status = LineStatus::Invalid, .reason = record->problem};
      if (result.reason.empty()) co_await take(std::move(*record), columns, result);
      if (result.reason.empty()) continue;
      ++(result.status == LineStatus::Duplicate ? summary.duplicates : summary.invalid);
      results.add(result);
    }
  }

  std::vector<Machine> machines;
  FleetSummary summary;

 private:
  Task<void> take(Record record, const Caller& columns, MachineResult& result) {
    try {
      Machine machine{.line = record.line,
                      .signer = {},
                      .request = {.docUrl = column(record, "doc_url").value_or(""),
                                  .dataApi = column(record, "data_api").value_or(""),
                                  .visibility = column(record, "visibility"),
                                  .skipFunding = request_.skipFunding}};
      checkActivation({.docUrl = machine.request.docUrl,
                       .dataApi = machine.request.dataApi,
                       .visibility = machine.request.visibility},
                      columns);
      machine.signer = co_await signerOf(std::move(record), keys_);
      const evm::Address address = machine.signer->address();
      result.machine = evm::toChecksum(address);
      if (address == owner_) throw inputError("BAD_FIELD", "the machine is the operator itself");
      const auto [first, isFirst] = lines_.emplace(address, machine.line);
      if (isFirst) {
        machines.push_back(std::move(machine));
        co_return;
      }
      result.status = LineStatus::Duplicate;
      result.reason = "is the machine of line " + std::to_string(first->second);
    } catch (const Error& error) {
      // A passphrase, say, is no matter of one line.
      const bool ofLine = error.kind == ErrorKind::Input || error.code == "BAD_PRIVATE_KEY";
      if (!ofLine) throw;
      result.reason = wordsOf(error);
    }
  }

  const FleetFileRequest& request_;
  Caller& caller_;
  MachineKeys keys_;
  const evm::Address owner_;
  std::map<evm::Address, std::uint64_t> lines_;
};

// One run: what its steps share.
class FleetRun {
 public:
  FleetRun(FleetFileRequest request, FleetResults& results, Caller& caller, Session& session, evm::Signer& signer)
      : request_(std::move(request)),
        results_(results),
        caller_(caller),
        session_(session),
        signer_(signer),
        network_(session.configuration.network()),
        rpc_(session.rpc()),
        ledger_(session.ledger()),
        outbox_(session.outbox(rpc_, ledger_)),
        file_(request_, caller, session.configuration, signer.address()) {}

  Task<FleetSummary> run() {
    co_await read();
    FleetSummary& summary = file_.summary;
    summary.currency = std::string(network_.currency);
    if (file_.machines.empty()) co_return std::move(summary);
    if (!request_.check) co_await fleet_->settleEarlier();
    co_await fleet_->survey();
    const peaq::FleetCosts costs = fleet_->costs();
    summary.bonds = costs.bonds;
    summary.topUps = costs.topUpSum;
    if (request_.check) co_return checked(costs);
    if (costs.due > 0) {
      co_await ask(costs);
      co_await signer_.unlock();
    }
    summary.stopped = co_await fleet_->run();
    summary.transactions = fleet_->transactions();
    summary.fees = fleet_->fees();
    for (std::size_t i = 0; i < file_.machines.size(); ++i) tell(i, fleet_->outcomes()[i]);
    co_await results_.flush();
    co_return std::move(summary);
  }

  // What is due is counted; a line is only told of where it cannot be activated.
  FleetSummary checked(const peaq::FleetCosts& costs) {
    FleetSummary& summary = file_.summary;
    const std::vector<peaq::FleetOutcome> outcomes = fleet_->found();
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
    if (!file_.machines.empty()) {
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
    co_return plan;
  }

 private:
  Task<void> read() {
    co_await file_.read(results_);
    co_await results_.flush();
    if (request_.strict && file_.summary.invalid > 0) {
      throw inputError("INVALID_LINES",
                       std::to_string(file_.summary.invalid) + " of " + std::to_string(file_.summary.lines) +
                           " lines are invalid; nothing was sent",
                       "Mend them, or leave out --strict to activate the others");
    }
    std::vector<peaq::FleetMachine> machines;
    for (const Machine& machine : file_.machines) machines.push_back({machine.signer.get(), machine.request});
    fleet_.emplace(peaq::FleetRequest{.machines = std::move(machines),
                                      .gasPerMachine = request_.gasPerMachine,
                                      .skipFunding = request_.skipFunding},
                   session_.activationContext(rpc_, ledger_, outbox_, signer_, nullptr));
  }

  std::string coins(const evm::U256& wei) const {
    return evm::formatUnitsUp(wei, 18, 4) + " " + std::string(network_.currency);
  }

  Task<void> ask(const peaq::FleetCosts& costs) {
    if (request_.yes) co_return;
    const evm::U256 fees = costs.operatorFees + costs.machineFees;
    const evm::U256 sum = costs.bonds + costs.topUpSum + costs.operatorFees;
    const bool agreed = co_await host::confirm(
        caller_.conversation,
        {.name = "activate_fleet",
         .text = "Activate " + std::to_string(costs.due) + " machines of operator " +
                 evm::toChecksum(signer_.address()) + ": bonds of " + coins(costs.bonds) + " for " +
                 std::to_string(costs.registrations) + " registrations, " + coins(costs.topUpSum) + " for " +
                 std::to_string(costs.topUps) + " top-ups, fees of about " + coins(fees) + "; " + coins(sum) +
                 " of the operator in all?",
         .instead = "Add -y to activate without asking",
         .personOnly = true,
         .facts = {{"from", evm::toChecksum(signer_.address())},
                   {"currency", network_.currency},
                   {"machines", costs.due},
                   {"registrations", costs.registrations},
                   {"top_ups", costs.topUps},
                   {"bonds_wei", costs.bonds.toDecimal()},
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
    results_.add({.line = file_.machines[index].line,
                  .status = status,
                  .machine = evm::toChecksum(fleet_->machine(index)),
                  .machineId = outcome.machineId,
                  .tokenId = outcome.tokenId,
                  .hash = outcome.hash,
                  .reason = outcome.problem});
  }

  void addTransaction(peaq::FleetTransaction& each, Plan& plan) {
    PlannedTransaction out{.step = each.step,
                           .chainId = *plan.chainId,
                           .currency = std::string(network_.currency),
                           .from = each.from,
                           .to = each.to,
                           .contract = contractOf(each.to),
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
      const std::string contract = contractOf(call.to);
      out.calls.push_back({{"machine", evm::toChecksum(call.machine)},
                           {"contract", contract.empty() ? Json(nullptr) : Json(contract)},
                           {"function", call.function},
                           {"arguments", std::move(call.arguments)},
                           {"value", call.value.toDecimal()}});
    }
    plan.transactions.push_back(std::move(out));
  }

  std::string contractOf(const evm::Address& address) const {
    return std::string(peaq::contractName(session_.configuration.contracts(), address));
  }

  const FleetFileRequest request_;
  FleetResults& results_;
  Caller& caller_;
  Session& session_;
  evm::Signer& signer_;
  const peaq::DeploymentRecord network_;
  evm::RpcClient rpc_;
  ledger::Ledger ledger_;
  evm::Outbox outbox_;
  FleetFile file_;
  std::optional<peaq::FleetActivation> fleet_;
  std::size_t listedCalls_ = 0;
};

// A file has what the first generation needs of a machine: its bonds must not go where nobody rates them any more.
Task<void> refuseSecond(Session& session) {
  const peaq::DeploymentChoice choice = session.configuration.deployment();
  if (!choice.admits(peaq::Generation::Second)) co_return;
  evm::RpcClient rpc = session.rpc();
  const peaq::Deployment deployment = co_await peaq::findDeployment(choice, rpc);
  if (deployment.record.generation == peaq::Generation::First) co_return;
  const auto first = *peaq::findNetwork(deployment.record.name);
  throw inputError("OTHER_GENERATION",
                   "a file of machines is for contracts of generation 1, and " + deployment.description() +
                       " is in use; nothing was sent",
                   "Activate these machines one by one, or set PEAQOS_DEPLOYMENT_ID=" + std::string(first.id) +
                       " where generation 1 is meant");
}

// For plans: what becomes of lines is counted, not told.
class NoMachineResults : public FleetResults {
 public:
  void add(const MachineResult& /*result*/) override {}
  Task<void> flush() override { co_return; }
};

}  // namespace

Json toJson(const MachineResult& result) {
  const auto textOrNull = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  const auto idOrNull = [](const evm::U256& id) { return id == evm::U256() ? Json(nullptr) : evm::toJson(id); };
  return {{"line", result.line},
          {"machine", textOrNull(result.machine)},
          {"machine_id", idOrNull(result.machineId)},
          {"token_id", idOrNull(result.tokenId)},
          {"machine_did", textOrNull(result.machine.empty() ? "" : "did:peaq:" + result.machine)},
          {"status", name(result.status)},
          {"tx_hash", textOrNull(result.hash)},
          {"reason", textOrNull(result.reason)}};
}

Task<FleetSummary> activateFleet(FleetFileRequest request, FleetResults& results, Caller caller) {
  blindKeys(caller.host.random);
  const auto session = co_await Session::open(caller);
  co_await refuseSecond(*session);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  // One activation at a time of each operator: its DID lists all of its machines.
  const IntentLock lock =
      co_await lockIntent(caller, session->configuration, "activate " + evm::toChecksum(signer->address()));
  FleetRun run(std::move(request), results, caller, *session, *signer);
  co_return co_await run.run();
}

Task<Plan> planFleet(FleetFileRequest request, Caller caller) {
  blindKeys(caller.host.random);
  const auto session = co_await Session::open(caller);
  co_await refuseSecond(*session);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  NoMachineResults results;
  FleetRun run(std::move(request), results, caller, *session, *signer);
  co_return co_await run.plan();
}

}  // namespace peaqos::app
