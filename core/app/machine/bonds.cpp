// SPDX-License-Identifier: Apache-2.0
#include "app/machine/bonds.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <span>
#include <utility>

#include "app/machine/change_machine.hpp"
#include "app/machine/rights.hpp"
#include "base/error.hpp"
#include "peaq/decoded_call.hpp"
#include "peaq/v2/activation_intents.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/preflight.hpp"

namespace peaqos::app {
namespace {

using peaq::v2::MachineState;
using peaq::v2::SubscriptionStatus;

constexpr std::size_t kWave = 16;  // transactions under way at once
// What the transactions need at most, for the estimate that is shown: the node's own comes before each is signed.
constexpr std::uint64_t kApproveGas = 60'000, kBondGas = 250'000;

bool isPending(const Error& error) { return error.code == "RECEIPT_PENDING" || error.code == "BROADCAST_UNKNOWN"; }

evm::U256 smaller(const evm::U256& a, const evm::U256& b) { return a < b ? a : b; }

}  // namespace

peaq::v2::Change BondPayer::changeOf(const Bond& bond) const {
  const evm::Address& contract = work_.roles.machineSubscription;
  const auto maxUsdt = request_.payment.inUsdt ? std::optional(bond.usdtMaximum) : std::nullopt;
  if (request_.renewal) return peaq::v2::renew(contract, bond.machine.id, request_.tier, maxUsdt);
  return peaq::v2::subscribe(contract, bond.machine.id, *request_.tier, maxUsdt);
}

evm::U256 BondPayer::sum() const {
  evm::U256 total;
  for (const Bond& bond : bonds) total = bond.isDue() ? total + bond.net() : total;
  return total;
}

evm::U256 BondPayer::usdtSum() const {
  evm::U256 total;
  for (const Bond& bond : bonds) total = bond.isDue() ? total + bond.usdtMaximum : total;
  return total;
}

std::size_t BondPayer::dueCount() const { return static_cast<std::size_t>(std::ranges::count_if(bonds, &Bond::isDue)); }

bool BondPayer::approvalDue() const {
  return request_.payment.inUsdt ? usdtAllowance_ < usdtSum() : purse_.allowance < sum();
}

evm::U256 BondPayer::fees() const {
  const std::uint64_t gas = kBondGas * dueCount() + (approvalDue() ? kApproveGas : 0);
  return prices_.maxFee * evm::U256(gas);
}

const evm::Address& BondPayer::spender() const {
  return request_.payment.inUsdt ? work_.roles.provisionPool : work_.roles.machineSubscription;
}

// Transactions of bonds and approvals that earlier runs left without an end; those of bonds, once they are mined.
Task<BondPayer::Earlier> BondPayer::settleEarlier() {
  Earlier earlier;
  for (ledger::Row& row : (co_await work_.ledger->view()).open) {
    const bool bond = row.step == kMachineActionStep && textOrEmpty(row.facts, "action").starts_with("subscription_");
    const bool ours = (bond || row.step == peaq::v2::kApproveRow) &&
                      evm::parseAddress(row.transaction->account) == signer_.address() &&
                      row.transaction->chainId == chainId_;
    if (!ours) continue;
    earlier.any = true;
    work_.say("earlier_write", "note", {{"step", row.step}, {"tx_hash", row.transaction->hash}});
    Json facts = row.facts;
    const std::string machine = textOrEmpty(row.facts, "machine_id");
    try {
      auto mined = co_await work_.outbox->settle(std::move(row), &signer_);
      if (!mined) continue;
      if (bond && textOrEmpty(facts, "action") == action()) {
        earlier.paid.insert_or_assign(machine, std::move(*mined));
      } else {
        co_await work_.outbox->confirm(*mined, std::move(facts));
      }
    } catch (const evm::RevertError&) {
      continue;  // its row is closed: it paid nothing
    }
  }
  co_return earlier;
}

Task<void> BondPayer::plan(std::vector<evm::U256> machines) {
  co_await read(machines);
  const Earlier settled = co_await settleEarlier();
  // What was under way has changed the machines and the purse.
  if (settled.any) co_await read(std::move(machines));
  std::vector<std::pair<Bond*, evm::Mined>> earlier;
  for (const auto& [machine, mined] : settled.paid) {
    const auto bond = std::ranges::find(bonds, machine, [](const Bond& b) { return b.machine.id.toDecimal(); });
    if (bond == bonds.end()) {
      co_await work_.outbox->confirm(mined, mined.facts);  // of a machine that nobody asks about now
      continue;
    }
    bond->transaction = mined.receipt.transaction;
    bond->earlier = true;
    earlier.emplace_back(&*bond, mined);
  }
  if (!earlier.empty()) co_await conclude(std::move(earlier));
  co_await judgeAndPrice();
}

Task<void> BondPayer::look(std::vector<evm::U256> machines) {
  co_await read(std::move(machines));
  co_await judgeAndPrice();
}

Task<void> BondPayer::judgeAndPrice() {
  for (Bond& bond : bonds) judge(bond);
  co_await readCredits();
  price();
  if (request_.payment.inUsdt) co_await readUsdt();
}

Task<void> BondPayer::read(std::vector<evm::U256> machines) {
  const evm::Address payer = signer_.address();
  std::vector<evm::RpcCall> calls = peaq::v2::preflightCalls(work_.roles, {.economic = true});
  const std::size_t checks = calls.size();
  std::ranges::move(peaq::v2::purseCalls(work_.roles, payer), std::back_inserter(calls));
  const std::size_t purse = calls.size();
  for (const evm::U256& id : machines) {
    std::ranges::move(peaq::v2::stateCalls(work_.roles, id), std::back_inserter(calls));
  }
  const std::size_t states = calls.size();
  std::ranges::move(std::vector{evm::feeHistoryCall(), evm::latestBlockCall(),
                                evm::RpcCall{"eth_maxPriorityFeePerGas", Json::array()}},
                    std::back_inserter(calls));
  const auto replies = co_await work_.read(std::move(calls));
  const auto part = [&](std::size_t from, std::size_t to) { return std::span(replies).subspan(from, to - from); };
  chainId_ = peaq::v2::checkPreflight(part(0, checks), work_.roles, work_.record, {.economic = true});
  work_.outbox->useChain(chainId_);
  purse_ = peaq::v2::purseFrom(part(checks, purse), payer);
  peaq::v2::refuseTechnicalPause(purse_);
  prices_ = evm::pricesFrom(replies[states], replies[states + 1], replies[states + 2]);
  if (purse_.peaqToken != peaq::v2::expectedPeaqToken()) {
    const auto own =
        co_await work_.read(peaq::v2::tokenCalls(purse_.peaqToken, payer, work_.roles.machineSubscription));
    peaq::v2::takeToken(own, purse_.balance, purse_.allowance);
  }
  bonds.clear();
  for (std::size_t i = 0; i < machines.size(); ++i) {
    const std::size_t at = purse + i * peaq::v2::kStateCalls;
    bonds.push_back({.machine = peaq::v2::stateFrom(part(at, at + peaq::v2::kStateCalls), machines[i])});
  }
}

// Why the contract would not take this bond.
void BondPayer::judge(Bond& bond) const {
  if (bond.transaction) return;
  const MachineState& machine = bond.machine;
  const std::string who = "machine " + machine.id.toDecimal();
  try {
    if (!machine.owner) throw peaq::v2::absence(machine);
    const Situation now{.roles = work_.roles, .signer = signer_.address(), .machine = &machine};
    requireOwnerOrController(now);
    refuseRelocating(now);
    if (machine.technicallyPaused) {
      throw networkError("TECHNICALLY_PAUSED", who + " is paused for technical reasons; nothing was sent",
                         "Wait until it works again, then run the command again");
    }
    const bool subscribed = machine.status != SubscriptionStatus::NotActivated;
    if (!request_.renewal && subscribed) {
      throw networkError("ALREADY_ACTIVATED", who + " has a subscription already; nothing was sent",
                         "Prolong it: peaqos machine subscription renew " + machine.id.toDecimal());
    }
    if (request_.renewal && !subscribed) {
      throw networkError("NOT_ACTIVATED", who + " has no subscription yet; nothing was sent",
                         "Begin one: peaqos machine subscription activate " + machine.id.toDecimal() + " --tier entry");
    }
    if (machine.status == SubscriptionStatus::Terminated) {
      throw networkError("ALREADY_TERMINATED", "the subscription of " + who + " has ended for good; nothing was sent",
                         "A machine of another type or credential subject can be activated");
    }
    const bool changes =
        request_.renewal && request_.tier && static_cast<std::uint64_t>(*request_.tier) != machine.subscription.tier;
    if (changes && machine.status == SubscriptionStatus::Active) {
      throw networkError("TIER_CHANGE_WHILE_ACTIVE",
                         "the tier of " + who + " cannot change while its subscription is active; nothing was sent",
                         "Renew with the same tier, or after the period has ended");
    }
  } catch (const Error& refusal) {
    bond.refusal = refusal;
  }
}

// What pays a part of the bonds, by the machines' owners.
Task<void> BondPayer::readCredits() {
  const std::string_view method =
      request_.renewal ? peaq::v2::subscription::kPendingBondingReward : peaq::v2::subscription::kPendingVoucherCredit;
  std::vector<evm::RpcCall> calls;
  std::vector<evm::Address> owners;
  for (const Bond& bond : bonds) {
    if (!bond.isDue() || std::ranges::find(owners, *bond.machine.owner) != owners.end()) continue;
    owners.push_back(*bond.machine.owner);
    calls.push_back(peaq::v2::readCall(work_.roles.machineSubscription, method, {owners.back()}));
  }
  if (calls.empty()) co_return;
  const auto replies = co_await work_.read(std::move(calls));
  for (std::size_t i = 0; i < owners.size(); ++i) {
    credits_[owners[i]] = peaq::numberFrom(replies[i], "the credit of " + evm::toChecksum(owners[i]));
  }
}

// A credit pays the bonds of its owner one after the other.
void BondPayer::price() {
  std::map<evm::Address, evm::U256> left = credits_;
  for (Bond& bond : bonds) {
    const bool chosen = request_.tier.has_value();
    bond.tier = chosen ? static_cast<std::uint64_t>(*request_.tier) : bond.machine.subscription.tier;
    if (!bond.isDue()) continue;
    bond.amount = purse_.bondOf(bond.tier);
    evm::U256& credit = left[*bond.machine.owner];
    bond.credit = smaller(credit, bond.amount);
    credit = credit - bond.credit;
  }
}

Task<void> BondPayer::readUsdt() {
  if (purse_.usdtToken == evm::Address{}) {
    throw networkError("PROVISION_POOL_NOT_CONFIGURED", "the protocol takes no USDT on this network; nothing was sent",
                       "Pay in PEAQ: --payment peaq");
  }
  std::vector<evm::RpcCall> calls =
      peaq::v2::tokenCalls(purse_.usdtToken, signer_.address(), work_.roles.provisionPool);
  for (const Bond& bond : bonds) {
    if (!bond.isDue()) continue;
    calls.push_back(peaq::v2::readCall(work_.roles.provisionPool, peaq::v2::pool::kQuoteUsdtForPeaq, {bond.net()}));
  }
  const auto replies = co_await work_.read(std::move(calls));
  peaq::v2::takeToken(replies, usdtBalance_, usdtAllowance_);
  std::size_t at = 2;
  for (Bond& bond : bonds) {
    if (!bond.isDue()) continue;
    if (const auto revert = peaq::v2::revertOf(replies[at])) {
      throw peaq::v2::errorFrom(evm::RevertError(*revert, std::nullopt), "the quote in USDT");
    }
    bond.usdtQuote = peaq::numberFrom(replies[at++], "the quote in USDT");
    const auto most = peaq::v2::usdtMaximum(bond.usdtQuote, request_.payment.slippageBps);
    if (!most) throw networkError("BAD_RPC_ANSWER", "the quote in USDT is beyond all reason", "Check PEAQOS_RPC_URL");
    bond.usdtMaximum = *most;
  }
}

// On peaq the token is the native coin: bonds and fees come out of one purse.
void BondPayer::checkPurse() const {
  const evm::U256 need = request_.payment.inUsdt ? evm::U256() : sum();
  const bool onePurse = purse_.peaqToken == peaq::v2::expectedPeaqToken();
  const evm::U256 native = fees() + (onePurse ? need : evm::U256());
  const std::string payer = evm::toChecksum(purse_.payer);
  if (purse_.balance < need || purse_.native < native) {
    throw networkError("INSUFFICIENT_PEAQ",
                       payer + " has " + peaq::v2::peaqText(smaller(purse_.native, purse_.balance)) + ", but " +
                           peaq::v2::peaqText(native < need ? need : native) +
                           " are needed for bonds and fees; nothing was sent",
                       "Send PEAQ to that account, then run the command again");
  }
  if (usdtBalance_ < usdtSum()) {
    throw networkError("INSUFFICIENT_USDT",
                       payer + " has " + usdtBalance_.toDecimal() + " base units of USDT, but the payment may take " +
                           usdtSum().toDecimal() + "; nothing was sent",
                       "Send USDT to that account, or pay in PEAQ");
  }
}

Task<void> BondPayer::pay() {
  if (dueCount() == 0) co_return;
  checkPurse();
  co_await signer_.unlock();
  if (approvalDue()) co_await approve();
  std::vector<Bond*> due;
  for (Bond& bond : bonds) {
    if (bond.isDue()) due.push_back(&bond);
  }
  for (std::size_t first = 0; first < due.size() && !stopped_; first += kWave) {
    const auto begin = due.begin() + static_cast<std::ptrdiff_t>(first);
    co_await payWave({begin, begin + static_cast<std::ptrdiff_t>(std::min(kWave, due.size() - first))});
  }
}

// Exactly what will be taken, so that nothing more ever can be.
evm::Intent BondPayer::approval() const {
  const evm::U256 amount = request_.payment.inUsdt ? usdtSum() : sum();
  const evm::Address token = request_.payment.inUsdt ? purse_.usdtToken : purse_.peaqToken;
  evm::Intent intent = peaq::v2::approvalIntent(token, spender(), amount,
                                                {{"token", evm::toChecksum(token)}, {"deployment", work_.record.id}});
  intent.laterGas = kBondGas * dueCount();
  return intent;
}

void BondPayer::describe(Plan& plan) const {
  const std::string currency(work_.record.currency);
  const auto add = [&](const evm::Intent& intent, std::string_view contract, std::uint64_t gas) {
    plan.transactions.push_back({.step = intent.step,
                                 .chainId = chainId_,
                                 .currency = currency,
                                 .from = signer_.address(),
                                 .to = intent.to,
                                 .contract = std::string(contract),
                                 .function = intent.function,
                                 .arguments = intent.arguments,
                                 .fee = prices_.expected * evm::U256(gas),
                                 .maxFee = prices_.maxFee * evm::U256(gas),
                                 .gas = gas,
                                 .estimated = false});
  };
  plan.chainId = chainId_;
  plan.read("deployment", std::string(work_.record.id), "generation 2");
  plan.read("balance", evm::toChecksum(signer_.address()), purse_.native.toDecimal());
  for (const Bond& bond : bonds) {
    if (bond.refusal) plan.read("left_out", bond.machine.id.toDecimal(), bond.refusal->message);
  }
  if (approvalDue()) add(approval(), {}, kApproveGas);
  for (const Bond& bond : bonds) {
    if (!bond.isDue()) continue;
    plan.read("period_end", bond.machine.id.toDecimal(), std::to_string(bond.machine.subscription.periodEnd));
    add(intentOf(bond), changeOf(bond).contractName, kBondGas);
  }
  const bool usdt = request_.payment.inUsdt;
  const evm::U256 total = usdt ? usdtSum() : sum();
  if (total == evm::U256()) return;
  plan.payments.push_back({.currency = usdt ? "USDT" : "bond in " + currency,
                           .decimals = usdt ? 6U : 18U,
                           .value = total,
                           .fee = {},
                           .maxFee = {}});
}

Task<void> BondPayer::approve() {
  evm::Intent intent = approval();
  const Json facts = intent.facts;
  std::optional<evm::RevertError> reverted;
  try {
    const evm::Mined mined = co_await work_.outbox->send(std::move(intent), signer_);
    if (!mined.recorded) co_await work_.outbox->confirm(mined, facts);
    work_.say("approval", "confirmed", {{"tx_hash", toHex0x(mined.receipt.transaction)}});
    co_return;
  } catch (const evm::RevertError& error) {
    reverted = error;
  }
  Error failed = peaq::v2::errorFrom(*reverted, "the approval");
  failed.code = "APPROVAL_FAILED";
  throw Error(failed);
}

// Prices that rose since they were agreed to end the command before anything is signed.
evm::Preflight BondPayer::quoteAgain() const {
  evm::Preflight preflight;
  for (std::uint64_t tier = 0; tier < purse_.bonds.size(); ++tier) {
    preflight.calls.push_back(
        peaq::v2::readCall(work_.roles.machineSubscription, peaq::v2::subscription::kRequiredPeaqAmount, {tier}));
  }
  preflight.check = [this](std::span<const evm::RpcReply> replies, const Json&) {
    for (const Bond& bond : bonds) {
      if (!bond.isDue()) continue;
      peaq::v2::checkPriceAgain(replies[static_cast<std::size_t>(bond.tier)], bond.amount);
    }
    return chainId_;
  };
  return preflight;
}

Json BondPayer::factsOf(const Bond& bond) const {
  return {{"action", action()},
          {"deployment", work_.record.id},
          {"machine_id", bond.machine.id.toDecimal()},
          {"tier", peaq::v2::tierWord(bond.tier)},
          {"bond", bond.amount.toDecimal()},
          {"rail", request_.payment.inUsdt ? "usdt" : "peaq"}};
}

// What the payment itself takes out of the purse that its fee comes from.
evm::U256 BondPayer::reserveOf(const Bond& bond) const {
  const bool onePurse = purse_.peaqToken == peaq::v2::expectedPeaqToken();
  return onePurse && !request_.payment.inUsdt ? bond.net() : evm::U256();
}

evm::Intent BondPayer::intentOf(const Bond& bond) const {
  const peaq::v2::Change change = changeOf(bond);
  return {.step = kMachineActionStep,
          .to = change.contract,
          .value = {},
          .data = change.data,
          .facts = factsOf(bond),
          .reserve = reserveOf(bond),
          .function = std::string(change.method),
          .arguments = peaq::decodeCall(change.data).arguments};
}

Task<void> BondPayer::payWave(std::vector<Bond*> wave) {
  std::vector<evm::Intent> intents;
  for (const Bond* bond : wave) intents.push_back(intentOf(*bond));
  const auto outcomes = co_await work_.outbox->sendAll(std::move(intents), signer_, quoteAgain());
  std::vector<std::pair<Bond*, evm::Mined>> mined;
  for (std::size_t i = 0; i < wave.size(); ++i) {
    if (const auto* done = std::get_if<evm::Mined>(&outcomes[i])) {
      wave[i]->transaction = done->receipt.transaction;
      mined.emplace_back(wave[i], *done);
    } else if (const auto* reverted = std::get_if<evm::RevertError>(&outcomes[i])) {
      wave[i]->failure = peaq::v2::errorFrom(*reverted, "machine " + wave[i]->machine.id.toDecimal());
    } else {
      wave[i]->failure = std::get<Error>(outcomes[i]);
      stopped_ = stopped_ || isPending(*wave[i]->failure) || wave[i]->failure->code == "INSUFFICIENT_FUNDS";
    }
  }
  co_await conclude(std::move(mined));
  for (const Bond* bond : wave) tell(*bond);
}

// What became of a machine in this run.
void BondPayer::tell(const Bond& bond) {
  const bool pending = bond.failure && isPending(*bond.failure);
  Json facts{{"machine_id", bond.machine.id.toDecimal()}};
  if (bond.transaction) facts["tx_hash"] = toHex0x(*bond.transaction);
  if (bond.after) facts["period_end"] = std::to_string(bond.after->subscription.periodEnd);
  if (bond.failure) facts["reason"] = bond.failure->message;
  work_.say("bond", pending ? "pending" : bond.failure ? "failed" : "confirmed", std::move(facts));
}

// The state afterwards. Behind one endpoint are many nodes: the one that answers may not have seen the block yet.
Task<void> BondPayer::lookAfter(std::vector<Bond*> paid) {
  for (int looks = 1;; ++looks) {
    std::vector<evm::RpcCall> calls;
    for (const Bond* bond : paid) {
      std::ranges::move(peaq::v2::stateCalls(work_.roles, bond->machine.id), std::back_inserter(calls));
    }
    const auto replies = co_await work_.read(std::move(calls));
    bool seen = true;
    for (std::size_t i = 0; i < paid.size(); ++i) {
      const auto part = std::span(replies).subspan(i * peaq::v2::kStateCalls, peaq::v2::kStateCalls);
      paid[i]->after = peaq::v2::stateFrom(part, paid[i]->machine.id);
      seen = seen && paid[i]->after->subscription.periodEnd >= paid[i]->bonded->periodEnd;
    }
    if (seen || looks == peaq::v2::kLooks) co_return;
    co_await work_.caller.host.clock.sleep(peaq::v2::kBetweenLooks);
  }
}

// Proof by events and by the state afterwards. The rows are closed last: until then a run that is broken off leaves
// them open, and the next one finds the payment instead of making it again.
Task<void> BondPayer::conclude(std::vector<std::pair<Bond*, evm::Mined>> mined) {
  std::vector<Bond*> paid;
  for (auto& [bond, done] : mined) {
    const evm::Address owner = bond->machine.owner.value_or(evm::Address{});
    bond->bonded = peaq::v2::bondedBy(done.receipt, changeOf(*bond), bond->machine.id, owner);
    if (bond->bonded) paid.push_back(bond);
  }
  if (!paid.empty()) co_await lookAfter(std::move(paid));
  for (auto& [bond, done] : mined) {
    const std::string hash = toHex0x(done.receipt.transaction);
    Json facts = done.facts;
    facts.erase("tx_hash");
    if (!bond->bonded) {
      co_await work_.outbox->fail(done, std::move(facts), "its event is missing");
      bond->failure = networkError("EVENT_MISMATCH", "transaction " + hash + " was mined without the event of a bond",
                                   "Look at the machine, and check PEAQOS_DEPLOYMENT_ID");
      continue;
    }
    facts["period_end"] = std::to_string(bond->bonded->periodEnd);
    co_await work_.outbox->confirm(done, std::move(facts));
    if (bond->after->subscription.periodEnd >= bond->bonded->periodEnd) continue;
    bond->failure =
        networkError("STATE_MISMATCH", "transaction " + hash + " paid the bond, but the chain does not show it yet",
                     "Look at the machine in a moment: peaqos machine status " + bond->machine.id.toDecimal());
  }
}

}  // namespace peaqos::app
