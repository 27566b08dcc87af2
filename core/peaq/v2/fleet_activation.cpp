// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/fleet_activation.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "evm/read_many.hpp"
#include "peaq/contracts.hpp"
#include "peaq/funding.hpp"
#include "peaq/v2/activation_intents.hpp"
#include "peaq/v2/activation_proof.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/fleet.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::U256;

constexpr std::size_t kAtOnce = 50;  // accounts that send at the same time
constexpr std::size_t kWave = 40;    // transactions of one account under way at once: a block holds as many
constexpr std::string_view kFleetRows[] = {kTopUpRow, kApproveRow, kActivateRow};

template <class T>
std::vector<T> partOf(const std::vector<T>& list, std::size_t at, std::size_t size) {
  const auto first = list.begin() + static_cast<std::ptrdiff_t>(at);
  return {first, first + static_cast<std::ptrdiff_t>(std::min(size, list.size() - at))};
}

bool isPending(const Error& error) { return error.code == "RECEIPT_PENDING" || error.code == "BROADCAST_UNKNOWN"; }

}  // namespace

FleetActivation::FleetActivation(FleetRequest request, ActivationContext context)
    : request_(std::move(request)), context_(std::move(context)) {
  payers_.push_back({.signer = &context_.signer});
  std::map<evm::Address, Payer*> known{{context_.signer.address(), &payers_.front()}};
  for (const FleetMachine& machine : request_.machines) {
    const ActivationCall& call = machine.request.call;
    entries_.push_back({.owner = machine.owner,
                        .request = machine.request,
                        .id = machineIdOf(call.machineType, call.credentialSubject)});
    auto [payer, isNew] = known.try_emplace(machine.owner->address(), nullptr);
    if (isNew) payer->second = &payers_.emplace_back(Payer{.signer = machine.owner});
    payer->second->machines.push_back(&entries_.back());
  }
}

FleetActivation::~FleetActivation() = default;

Task<void> FleetActivation::settleEarlier() {
  co_await context_.ledger.open();
  std::vector<ledger::Row> rows = (co_await context_.ledger.view()).open;
  std::map<evm::Address, evm::Signer*> ours;
  for (const Payer& payer : payers_) ours[payer.signer->address()] = payer.signer;
  const auto isOurs = [&](const ledger::Row& row) {
    const auto account = evm::parseAddress(row.transaction->account);
    return account && ours.contains(*account) && std::ranges::find(kFleetRows, row.step) != std::end(kFleetRows);
  };
  std::erase_if(rows, [&](const ledger::Row& row) { return !isOurs(row); });
  if (rows.empty()) co_return;
  const std::uint64_t chainId = evm::uint64Of((co_await context_.rpc.read({evm::chainIdCall()}))[0], "the chain id");
  context_.outbox.useChain(chainId);
  for (ledger::Row& row : rows) {
    if (row.transaction->chainId != chainId) continue;
    context_.conversation.progress(
        {.name = "earlier_write", .state = "note", .facts = {{"step", row.step}, {"tx_hash", row.transaction->hash}}});
    Json facts = row.facts;
    evm::Signer* signer = ours[*evm::parseAddress(row.transaction->account)];
    try {
      const auto mined = co_await context_.outbox.settle(std::move(row), signer);
      if (mined) co_await context_.outbox.confirm(*mined, std::move(facts));
    } catch (const evm::RevertError&) {
      continue;  // recorded as failed; the chain's state says what is left to do
    }
  }
}

// --- Money for accounts that pay for themselves

Task<void> FleetActivation::fundFromStation() {
  std::vector<FundedWallet> wallets;
  for (Payer& payer : payers_) {
    if (payer.byStation) wallets.push_back({"Machine", payer.signer->address(), &payer.purse.native});
  }
  if (wallets.empty()) co_return;
  co_await fundAll({.rpc = context_.rpc,
                    .ledger = context_.ledger,
                    .http = context_.http,
                    .clock = context_.clock,
                    .random = context_.random,
                    .conversation = context_.conversation,
                    .network = context_.deployment.record,
                    .gasStationUrl = context_.gasStationUrl,
                    .owner = context_.signer.address(),
                    .steps = kFundStep},
                   std::move(wallets));
  for (Payer& payer : payers_) {
    if (!payer.byStation) continue;
    if (payer.purse.peaqToken == expectedPeaqToken()) payer.purse.balance = payer.purse.native;
    const auto shortage = shortageOf(payer, {});
    if (!shortage) continue;
    for (Entry* entry : dueOf(payer)) entry->refuse(*shortage);
  }
}

evm::Intent FleetActivation::topUpOf(const Payer& payer) const {
  const std::string machine = evm::toChecksum(payer.signer->address());
  return {.step = kTopUpRow,
          .to = payer.signer->address(),
          .value = payer.topUp,
          .data = {},
          .facts = {{"machine", machine}, {"deployment", context_.deployment.record.id}},
          .identity = machine};
}

Task<void> FleetActivation::topUp() {
  std::vector<Payer*> poor;
  for (Payer& payer : payers_) {
    if (payer.topUp != U256()) poor.push_back(&payer);
  }
  std::size_t funded = 0;
  for (std::size_t at = 0; at < poor.size() && !stopped_; at += kWave) {
    const std::vector<Payer*> some = partOf(poor, at, kWave);
    std::vector<evm::Intent> intents;
    for (const Payer* payer : some) intents.push_back(topUpOf(*payer));
    const auto outcomes = co_await context_.outbox.sendAll(std::move(intents), context_.signer);
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (const auto* mined = std::get_if<evm::Mined>(&outcomes[i])) {
        note(*mined);
        co_await context_.outbox.confirm(*mined, mined->facts);
        ++funded;
        continue;
      }
      const auto* reverted = std::get_if<evm::RevertError>(&outcomes[i]);
      const Error why = reverted ? errorFrom(*reverted, "the top-up") : std::get<Error>(outcomes[i]);
      for (Entry* entry : dueOf(*some[i])) entry->refuse(why, isPending(why));
      if (!reverted) stop(why);
    }
  }
  if (!poor.empty()) report("funded", funded, poor.size());
}

// --- Approvals

evm::Intent FleetActivation::approvalOf(const Payer& payer, Rail rail) const {
  const U256 amount = sumOf(payer, rail);
  const Purse& purse = payer.purse;
  evm::Intent intent =
      approvalIntent(rail == Rail::Usdt ? purse.usdtToken : purse.peaqToken, spenderOf(rail, context_.roles), amount,
                     {{"deployment", context_.deployment.record.id}});
  intent.laterGas = kActivateGas * dueOf(payer).size();
  if (rail == Rail::Peaq && purse.peaqToken == expectedPeaqToken()) intent.reserve = amount;
  return intent;
}

// What an approval failed with, if it did.
std::optional<Error> FleetActivation::endOfApproval(const evm::Outcome& outcome) const {
  if (std::holds_alternative<evm::Mined>(outcome)) return std::nullopt;
  const auto* reverted = std::get_if<evm::RevertError>(&outcome);
  if (!reverted) return std::get<Error>(outcome);
  Error error = errorFrom(*reverted, "the approval of the token");
  error.code = "APPROVAL_FAILED";
  return error;
}

Task<bool> FleetActivation::approve(Payer& payer, Rail rail) {
  if (!isApprovalDue(payer, rail)) co_return true;
  std::vector<evm::Intent> intents{approvalOf(payer, rail)};
  const auto outcomes = co_await context_.outbox.sendAll(std::move(intents), *payer.signer);
  if (auto failure = endOfApproval(outcomes[0])) {
    stop(*failure);
    co_return false;
  }
  const auto& mined = std::get<evm::Mined>(outcomes[0]);
  note(mined);
  co_await context_.outbox.confirm(mined, mined.facts);
  co_return true;
}

// Prices that rose since they were agreed to end the run before anything more is signed.
evm::Preflight FleetActivation::pricesAgain() const {
  evm::Preflight preflight;
  for (std::uint64_t tier = 0; tier < std::size(kTiers); ++tier) {
    preflight.calls.push_back(readCall(context_.roles.machineSubscription, subscription::kRequiredPeaqAmount, {tier}));
  }
  preflight.check = [this](std::span<const evm::RpcReply> replies, const Json&) {
    for (const Entry& entry : entries_) {
      if (!entry.isDue()) continue;
      checkPriceAgain(replies[static_cast<std::size_t>(entry.request.call.tier)], entry.state.quote.bond);
    }
    return chainId_;
  };
  return preflight;
}

// --- Activations

// Accounts with one machine each, side by side.
Task<void> FleetActivation::payAlone(std::vector<Payer*> payers) {
  std::vector<evm::Order> approvals;
  std::vector<Payer*> approving;
  for (Payer* payer : payers) {
    const Rail rail = dueOf(*payer).front()->request.rail;
    if (!isApprovalDue(*payer, rail)) continue;
    approving.push_back(payer);
    approvals.push_back({approvalOf(*payer, rail), payer->signer});
  }
  const auto approved = co_await context_.outbox.sendEach(std::move(approvals));
  for (std::size_t i = 0; i < approving.size(); ++i) {
    if (const auto failure = endOfApproval(approved[i])) {
      dueOf(*approving[i]).front()->refuse(*failure, isPending(*failure));
      continue;
    }
    const auto& mined = std::get<evm::Mined>(approved[i]);
    note(mined);
    co_await context_.outbox.confirm(mined, mined.facts);
  }
  evm::Preflight prices = pricesAgain();
  const auto replies = co_await context_.rpc.read(std::move(prices.calls));
  static_cast<void>(prices.check(replies, {}));
  Entries due;
  std::vector<evm::Order> orders;
  for (const Payer* payer : payers) {
    for (Entry* entry : dueOf(*payer)) {
      due.push_back(entry);
      orders.push_back(
          {activationIntent(entry->request, entry->state.quote, context_, entry->owner->address()), entry->owner});
    }
  }
  auto outcomes = co_await context_.outbox.sendEach(std::move(orders));
  std::vector<std::pair<Entry*, evm::Outcome>> sent;
  for (std::size_t i = 0; i < due.size(); ++i) sent.emplace_back(due[i], std::move(outcomes[i]));
  static_cast<void>(co_await take(std::move(sent)));  // each account is its own
}

// One account with several machines: one approval of the sum, then wave after wave.
Task<void> FleetActivation::payMany(Payer& payer) {
  for (const Rail rail : kRails) {
    if (!co_await approve(payer, rail)) co_return;
  }
  const Entries due = dueOf(payer);
  for (std::size_t at = 0; at < due.size() && !stopped_; at += kWave) {
    const Entries some = partOf(due, at, kWave);
    std::vector<evm::Intent> intents;
    for (const Entry* entry : some) {
      intents.push_back(activationIntent(entry->request, entry->state.quote, context_, payer.signer->address()));
    }
    auto outcomes = co_await context_.outbox.sendAll(std::move(intents), *payer.signer, pricesAgain());
    std::vector<std::pair<Entry*, evm::Outcome>> sent;
    for (std::size_t i = 0; i < some.size(); ++i) sent.emplace_back(some[i], std::move(outcomes[i]));
    if (const auto trouble = co_await take(std::move(sent))) stop(*trouble);
  }
}

// What became of activations, each by its own receipt and by the state afterwards. Returns what may meet the account's
// others as well.
Task<std::optional<Error>> FleetActivation::take(std::vector<std::pair<Entry*, evm::Outcome>> sent) {
  Entries changed;
  std::optional<Error> trouble;
  for (auto& [entry, outcome] : sent) {
    if (auto* mined = std::get_if<evm::Mined>(&outcome)) {
      co_await prove(*entry, std::move(*mined));
    } else if (const auto* reverted = std::get_if<evm::RevertError>(&outcome)) {
      entry->refuse(errorFrom(*reverted, "activation"));
    } else {
      const Error& error = std::get<Error>(outcome);
      entry->refuse(error, true);
      if (!trouble) trouble = error;
      continue;
    }
    changed.push_back(entry);
  }
  co_await lookAfter(std::move(changed));
  report("activated", done_, entries_.size());
  co_return trouble;
}

Task<void> FleetActivation::prove(Entry& entry, evm::Mined mined) {
  note(mined);
  entry.hash = mined.receipt.transaction;
  std::string problem;
  const ActivationCall& call = entry.request.call;
  const auto proof = proofFrom(mined.receipt, context_.roles,
                               {.machineId = entry.id,
                                .owner = entry.owner->address(),
                                .controller = call.document.controller,
                                .machineType = call.machineType,
                                .tier = call.tier},
                               problem);
  if (proof) {
    entry.periodStart = proof->periodStart;
    co_await context_.outbox.confirm(mined, mined.facts);
    co_return;
  }
  co_await context_.outbox.fail(mined, mined.facts, "the receipt does not prove it: " + problem);
  entry.refuse(networkError("EVENT_MISMATCH", "transaction " + toHex0x(*entry.hash) +
                                                  " was mined, but does not prove the activation: " + problem));
}

// A machine whose activation was refused may be there all the same: somebody was faster, maybe another run of this
// very command.
Task<void> FleetActivation::lookAfter(Entries entries) {
  for (int looks = 1; !entries.empty(); ++looks) {
    std::vector<evm::RpcCall> calls;
    for (const Entry* entry : entries) {
      std::ranges::move(stateCalls(context_.roles, entry->id), std::back_inserter(calls));
    }
    const auto replies = co_await evm::readMany(context_.rpc, std::move(calls));
    Entries unseen;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      Entry& entry = *entries[i];
      const MachineState now = stateFrom(std::span(replies).subspan(i * kStateCalls, kStateCalls), entry.id);
      if (!now.owner || (entry.periodStart && now.subscription.periodStart != *entry.periodStart)) {
        if (entry.periodStart) unseen.push_back(&entry);
        continue;
      }
      const auto conflict = conflictOf(activationState(now), entry.request.call, entry.owner->address());
      if (conflict) {
        entry.refuse(*conflict);
        continue;
      }
      entry.problem.reset();
      entry.complete = true;
      ++done_;
    }
    entries = std::move(unseen);
    if (entries.empty()) co_return;
    if (looks == kLooks) break;
    co_await context_.clock.sleep(kBetweenLooks);
  }
  for (Entry* entry : entries) {
    entry->refuse(networkError("STATE_MISMATCH", "transaction " + toHex0x(*entry->hash) +
                                                     " was mined, but the chain does not show the machine yet"),
                  true);
  }
}

void FleetActivation::note(const evm::Mined& mined) {
  ++transactions_;
  if (mined.receipt.fee) fees_ = fees_ + *mined.receipt.fee;
}

void FleetActivation::report(const char* state, std::size_t done, std::size_t of) const {
  const auto made =
      std::ranges::count_if(entries_, [](const Entry& entry) { return entry.complete && !entry.earlier; });
  context_.conversation.progress({.name = "fleet",
                                  .state = state,
                                  .facts = {{"done", done},
                                            {"of", of},
                                            {"made", made},
                                            {"left", entries_.size() - done_},
                                            {"fees_wei", fees().toDecimal()},
                                            {"currency", context_.deployment.record.currency}}});
}

void FleetActivation::stop(const Error& why) {
  if (!stopped_) stopped_ = why;
  for (Entry& entry : entries_) {
    if (!entry.isDue()) continue;
    Error undone = why;
    undone.message = "not done: " + why.message;
    entry.refuse(std::move(undone), true);
  }
}

std::vector<FleetOutcome> FleetActivation::outcomes() const {
  std::vector<FleetOutcome> outcomes;
  for (const Entry& entry : entries_) {
    const bool own = entry.owner != &context_.signer;
    outcomes.push_back({.account = own ? std::optional(entry.owner->address()) : std::nullopt,
                        .complete = entry.complete,
                        .earlier = entry.earlier,
                        .machineId = entry.id,
                        .hash = entry.hash ? toHex0x(*entry.hash) : std::string(),
                        .problem = entry.problem ? entry.problem->message : std::string(),
                        .pending = entry.pending});
  }
  return outcomes;
}

Task<std::optional<Error>> FleetActivation::run() {
  std::optional<Error> trouble;
  done_ = static_cast<std::size_t>(std::ranges::count_if(entries_, &Entry::complete));
  try {
    if (costs().due > 0) {
      co_await fundFromStation();
      co_await topUp();
      std::vector<Payer*> single;
      for (Payer& payer : payers_) {
        const std::size_t due = dueOf(payer).size();
        if (due == 1) single.push_back(&payer);
        if (due > 1 && !stopped_) co_await payMany(payer);
      }
      for (std::size_t at = 0; at < single.size() && !stopped_; at += kAtOnce) {
        co_await payAlone(partOf(single, at, kAtOnce));
      }
    }
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    trouble = error;
  }
  if (trouble) stop(*trouble);
  report("ended", done_, entries_.size());
  co_return stopped_;
}

}  // namespace peaqos::peaq::v2
