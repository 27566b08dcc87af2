// The steps of a fleet's activation.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation/fleet.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "peaq/activation/attribute_writes.hpp"
#include "peaq/activation/operator_calls.hpp"
#include "peaq/batch.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;

constexpr std::size_t kDidsAtOnce = 50;  // machines that send at the same time
constexpr std::string_view kFleetSteps[] = {"register", "mint_nft",        "machine_did", "proxy_did",
                                            kTopUpStep, kRegisterManyStep, kMintManyStep};

ActivationContext of(ActivationContext context, evm::Signer* machine) {
  context.machineSigner = machine;
  return context;
}

}  // namespace

FleetActivation::FleetActivation(FleetRequest request, ActivationContext context)
    : request_(std::move(request)),
      context_(of(std::move(context), nullptr)),
      operatorWork_(std::make_unique<ActivationWork>(ActivationRequest{}, context_)) {
  for (const FleetMachine& machine : request_.machines) entries_.emplace_back(machine, of(context_, machine.signer));
}

FleetActivation::~FleetActivation() = default;

bool FleetActivation::isOut(const Entry& entry) const { return !entry.problem.empty(); }

Task<void> FleetActivation::settleEarlier() {
  std::map<evm::Address, evm::Signer*> ours{{context_.signer.address(), &context_.signer}};
  for (const FleetMachine& machine : request_.machines) ours[machine.signer->address()] = machine.signer;
  const std::uint64_t chainId = evm::uint64Of((co_await context_.rpc.read({evm::chainIdCall()}))[0], "the chain id");
  context_.outbox.useChain(chainId);
  co_await context_.ledger.open();
  std::vector<ledger::Row> rows = (co_await context_.ledger.view()).open;
  for (ledger::Row& row : rows) {
    const auto account = evm::parseAddress(row.transaction->account);
    const auto signer = account ? ours.find(*account) : ours.end();
    const bool known = std::ranges::find(kFleetSteps, row.step) != std::end(kFleetSteps);
    if (row.transaction->chainId != chainId || signer == ours.end() || !known) continue;
    operatorWork_->report(0, "earlier_write", "note", {{"step", row.step}, {"tx_hash", row.transaction->hash}});
    Json facts = row.facts;
    std::optional<evm::Mined> mined;
    try {
      mined = co_await context_.outbox.settle(std::move(row), signer->second);
    } catch (const evm::RevertError&) {
      continue;  // recorded as failed; the chain's state says what is left to do
    }
    if (mined) co_await context_.outbox.confirm(*mined, std::move(facts));
  }
}

std::vector<OperatorCall> FleetActivation::topUps() const {
  std::vector<OperatorCall> calls;
  for (const Entry& entry : entries_) {
    if (isOut(entry) || entry.topUp == U256()) continue;
    calls.push_back({.to = entry.work.machine, .value = entry.topUp, .machine = entry.work.machine});
  }
  return calls;
}

std::vector<OperatorCall> FleetActivation::registrations() const {
  std::vector<OperatorCall> calls;
  for (const Entry& entry : entries_) {
    if (isOut(entry) || entry.isRegistered()) continue;
    calls.push_back({.to = context_.contracts.identityRegistry,
                     .value = U256(kBond),
                     .data = registerForCalldata(entry.work.machine),
                     .function = "registerFor(address)",
                     .arguments = Json::array({{"machine", evm::toChecksum(entry.work.machine)}}),
                     .machine = entry.work.machine});
  }
  return calls;
}

// `unregistered`: also those of machines that have no id yet.
std::vector<OperatorCall> FleetActivation::mints(bool unregistered) const {
  std::vector<OperatorCall> calls;
  for (const Entry& entry : entries_) {
    if (isOut(entry) || entry.isMinted() || (!entry.isRegistered() && !unregistered)) continue;
    const U256& id = entry.state.machineId;
    calls.push_back(
        {.to = context_.contracts.machineNft,
         .data = mintCalldata(id, entry.work.machine),
         .function = "mint(uint256,address)",
         .arguments = Json::array({{"machineId", entry.isRegistered() ? Json(id.toDecimal()) : Json(nullptr)},
                                   {"to", evm::toChecksum(entry.work.machine)}}),
         .machine = entry.work.machine});
  }
  return calls;
}

std::optional<evm::Intent> FleetActivation::didWrite(std::size_t index) const {
  const Entry& entry = entries_[index];
  const auto writes = entry.writes();
  if (isOut(entry) || writes.empty()) return std::nullopt;
  return evm::Intent{.step = "machine_did",
                     .to = context_.contracts.batchPrecompile,
                     .value = {},
                     .data = writeAttributesCalldata(context_.contracts, entry.work.machine, writes),
                     .facts = {{"mode", entry.work.mode()},
                               {"machine_id", evm::toJson(entry.state.machineId)},
                               {"token_id", evm::toJson(entry.state.tokenId)},
                               {"operator_did", entry.work.operatorDid()},
                               {"machine_did_tx_count", writes.size()}},
                     .function = std::string(kBatchAll),
                     .arguments = namedWrites(writes)};
}

// `made`: steps of this run that were made, of all machines.
void FleetActivation::report(const char* state, std::size_t done, std::size_t of, std::size_t made, U256 fees) const {
  context_.conversation.progress({.name = "fleet",
                                  .state = state,
                                  .facts = {{"done", done},
                                            {"of", of},
                                            {"made", made},
                                            {"left", steps_ - std::min(made, steps_)},
                                            {"fees_wei", fees.toDecimal()},
                                            {"currency", context_.network.currency}}});
}

void FleetActivation::stop(const Error& why) {
  if (!stopped_) stopped_ = why;
  for (Entry& entry : entries_) {
    if (!isOut(entry) && !entry.earlier) entry.refuse("not done: " + why.message, true);
  }
}

// Makes calls of the operator; machines whose call is refused are out.
Task<void> FleetActivation::call(const char* step, std::vector<OperatorCall> calls, const char* done) {
  if (calls.empty()) co_return;
  std::map<evm::Address, Entry*> byAddress;
  for (Entry& entry : entries_) byAddress[entry.work.machine] = &entry;
  const std::vector<OperatorCall> asked = calls;
  const std::uint64_t gas = step == kMintManyStep ? kMintGas : registerGas_;
  OperatorCalls sender(context_, gas, blockGas_);
  const auto tell = [&] { report(done, sender.ended(), asked.size(), made_ + sender.ended(), fees_ + sender.fees()); };
  const std::vector<CallEnd> ends = co_await sender.make(step, std::move(calls), tell);
  transactions_ += sender.transactions();
  fees_ = fees_ + sender.fees();
  made_ += ends.size();
  for (std::size_t i = 0; i < ends.size(); ++i) {
    Entry& entry = *byAddress[asked[i].machine];
    if (!ends[i].hash.empty()) entry.hash = ends[i].hash;
    if (!ends[i].done) entry.refuse(ends[i].reason, ends[i].pending);
  }
  if (sender.stopped()) stop(*sender.stopped());
}

Task<void> FleetActivation::fundFromStation() {
  std::vector<ShortWallet> machines;
  for (Entry& entry : entries_) {
    if (!isOut(entry) && entry.byStation) machines.push_back({entry.work.machine, &entry.state.machineBalance});
  }
  if (!machines.empty()) co_await fundMachines(*operatorWork_, std::move(machines));
}

Task<void> FleetActivation::rereadAttributes(std::vector<std::size_t> group) {
  std::vector<evm::RpcCall> calls;
  for (const std::size_t index : group) {
    const ActivationWork& work = entries_[index].work;
    std::ranges::move(work.attributeCalls(work.machine, kMachineAttributes), std::back_inserter(calls));
  }
  const auto replies = co_await context_.rpc.read(std::move(calls));
  for (std::size_t i = 0; i < group.size(); ++i) {
    Entry& entry = entries_[group[i]];
    entry.state.machineAttributes =
        entry.work.attributesFrom(std::span(replies).subspan(i * kMachineAttributes.size(), kMachineAttributes.size()),
                                  entry.work.machine, kMachineAttributes);
  }
}

// The machines' own transactions, side by side. After a revert the attributes are read again, once: what somebody else
// wrote meanwhile is left alone.
Task<void> FleetActivation::writeDidGroup(std::vector<std::size_t> group) {
  for (bool first = true; !group.empty(); first = false) {
    std::vector<evm::Order> orders;
    for (const std::size_t index : group) orders.push_back({*didWrite(index), request_.machines[index].signer});
    auto outcomes = co_await context_.outbox.sendEach(std::move(orders));
    std::vector<std::size_t> again;
    for (std::size_t i = 0; i < group.size(); ++i) {
      Entry& entry = entries_[group[i]];
      if (auto* mined = std::get_if<evm::Mined>(&outcomes[i])) {
        Json facts = mined->facts;
        entry.hash = toHex0x(mined->receipt.transaction);
        ++transactions_;
        if (mined->receipt.fee) fees_ = fees_ + *mined->receipt.fee;
        co_await context_.outbox.confirm(*mined, std::move(facts));
        for (auto& [change, attribute] : entry.writes())
          entry.state.machineAttributes[attribute.name] = attribute.value;
      } else if (const auto* reverted = std::get_if<evm::RevertError>(&outcomes[i])) {
        if (first) again.push_back(group[i]);
        if (!first) entry.refuse("machine DID write reverted: " + meaningOf(*reverted));
      } else {
        const Error& error = std::get<Error>(outcomes[i]);
        entry.refuse(error.message, true);
        if (!stopped_) stopped_ = error;
      }
    }
    if (!again.empty()) co_await rereadAttributes(again);
    std::erase_if(again, [this](std::size_t index) { return !didWrite(index); });
    group = std::move(again);
  }
}

Task<void> FleetActivation::writeDids() {
  std::vector<std::size_t> due;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].isMinted() && didWrite(i)) due.push_back(i);
  }
  for (std::size_t at = 0; at < due.size() && !stopped_; at += kDidsAtOnce) {
    const auto last = due.begin() + static_cast<std::ptrdiff_t>(std::min(at + kDidsAtOnce, due.size()));
    co_await writeDidGroup({due.begin() + static_cast<std::ptrdiff_t>(at), last});
    const std::size_t done = std::min(at + kDidsAtOnce, due.size());
    report("described", done, due.size(), made_ + done, fees_);
  }
}

// One write puts every machine of the fleet into its operator's list.
Task<void> FleetActivation::writeList() {
  std::vector<U256> ids = newIds();
  if (ids.empty() || missingWrites(operatorAttributes_, operatorId_, ids).empty()) co_return;
  Json all = Json::array();
  std::vector<U256> list = listedMachines(operatorAttributes_);
  for (const U256& id : ids) list = withMachine(std::move(list), id);
  for (const U256& id : list) all.push_back(evm::toJson(id));
  AttributeTask task{.step = "proxy_did",
                     .what = "proxy DID write",
                     .subject = context_.signer.address(),
                     .signer = context_.signer,
                     .names = kOperatorAttributes,
                     .missing = [&](const OperatorAttributes& there) { return missingWrites(there, operatorId_, ids); },
                     .row = {{"proxy_machine_id", evm::toJson(operatorId_)}, {"machine_ids", std::move(all)}},
                     .count = "proxy_did_tx_count"};
  co_await writeAttributes(*operatorWork_, std::move(task), operatorAttributes_);
  ++transactions_;
}

std::vector<FleetOutcome> FleetActivation::outcomes() const {
  std::vector<FleetOutcome> outcomes;
  for (const Entry& entry : entries_) {
    outcomes.push_back({.account = entry.work.machine,
                        .complete = !isOut(entry),
                        .earlier = entry.earlier && !isOut(entry),
                        .machineId = entry.state.machineId,
                        .tokenId = entry.state.tokenId,
                        .hash = entry.hash,
                        .problem = entry.problem,
                        .pending = entry.pending});
  }
  return outcomes;
}

Task<std::optional<Error>> FleetActivation::run() {
  std::optional<Error> trouble;
  try {
    const FleetCosts costs = this->costs();
    steps_ = costs.topUps + costs.registrations + costs.mints + costs.dids;
    if (costs.due > 0) {
      co_await fundFromStation();
      co_await call(kTopUpStep, topUps(), "funded");
      co_await call(kRegisterManyStep, registrations(), "registered");
      co_await readIds(false);
      co_await readIds(true);
      co_await call(kMintManyStep, mints(false), "minted");
      co_await readIds(true);
      for (Entry& entry : entries_) {
        const bool lacking = !entry.isRegistered() || !entry.isMinted();
        if (lacking && !isOut(entry)) entry.refuse("the node does not show its id yet; run the command again", true);
      }
      co_await writeDids();
      if (!stopped_) co_await writeList();
    }
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    trouble = error;
  }
  if (!trouble) trouble = stopped_;
  if (trouble) stop(*trouble);
  report("ended", made_, steps_, made_, fees_);
  co_return stopped_;
}

}  // namespace peaqos::peaq
