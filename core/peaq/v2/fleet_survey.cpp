// What the chain says of a fleet of the second generation and of who pays for it, and what follows from that.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "evm/read_many.hpp"
#include "evm/units.hpp"
#include "peaq/contracts.hpp"
#include "peaq/funding.hpp"
#include "peaq/v2/activation_intents.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/fleet.hpp"
#include "peaq/v2/preflight.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::U256;

std::uint64_t withMargin(std::uint64_t gas) { return gas + gas / 5; }

template <class Range>
void append(std::vector<evm::RpcCall>& calls, Range&& more) {
  std::ranges::move(more, std::back_inserter(calls));
}

}  // namespace

Task<void> FleetActivation::survey() {
  co_await readChain();
  co_await readCredits();
  co_await readUsdt();
  co_await readObjections();
  checkPayers();
}

Task<void> FleetActivation::readChain() {
  constexpr PreflightScope kScope{.economic = true};
  constexpr std::size_t kMachineCalls = kStateCalls + 1;
  const Roles& roles = context_.roles;
  std::vector<evm::RpcCall> calls = preflightCalls(roles, kScope);
  const std::size_t prices = calls.size();
  append(calls, std::vector<evm::RpcCall>{
                    evm::feeHistoryCall(), evm::latestBlockCall(), {"eth_maxPriorityFeePerGas", Json::array()}});
  const std::size_t purses = calls.size();
  for (const Payer& payer : payers_) append(calls, purseCalls(roles, payer.signer->address()));
  const std::size_t machines = calls.size();
  for (const Entry& entry : entries_) {
    const ActivationCall& call = entry.request.call;
    append(calls, stateCalls(roles, entry.id));
    calls.push_back(readCall(roles.machineRegistry, registry::kComputeTokenId,
                             {std::string_view(call.machineType), call.credentialSubject}));
  }
  const auto replies = co_await evm::readMany(context_.rpc, std::move(calls));
  const auto part = [&](std::size_t from, std::size_t count) { return std::span(replies).subspan(from, count); };
  chainId_ = checkPreflight(part(0, prices), roles, context_.deployment.record, kScope);
  context_.outbox.useChain(chainId_);
  prices_ = evm::pricesFrom(replies[prices], replies[prices + 1], replies[prices + 2]);
  for (std::size_t i = 0; i < payers_.size(); ++i) {
    payers_[i].purse = purseFrom(part(purses + i * kPurseCalls, kPurseCalls), payers_[i].signer->address());
  }
  const Purse& common = payers_.front().purse;
  refuseTechnicalPause(common);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    entry.reset();
    const auto own = part(machines + i * kMachineCalls, kMachineCalls);
    checkComputedId(own[kStateCalls], entry.id);
    const MachineState machine = stateFrom(own.first(kStateCalls), entry.id);
    entry.state = activationState(machine);
    entry.state.quote.token = common.peaqToken;
    if (!machine.owner && machine.technicallyPaused) {
      entry.refuse(networkError("TECHNICALLY_PAUSED", "it is paused for technical reasons", "Try again later"));
    }
    judge(entry);
  }
  if (common.peaqToken == expectedPeaqToken()) co_return;
  std::vector<evm::RpcCall> own;
  for (const Payer& payer : payers_) {
    append(own, tokenCalls(common.peaqToken, payer.signer->address(), roles.machineSubscription));
  }
  const auto told = co_await evm::readMany(context_.rpc, std::move(own));
  for (std::size_t i = 0; i < payers_.size(); ++i) {
    takeToken(std::span(told).subspan(2 * i, 2), payers_[i].purse.balance, payers_[i].purse.allowance);
  }
}

// A machine that is there is as asked for, or a conflict; another one has a price.
void FleetActivation::judge(Entry& entry) const {
  const ActivationCall& call = entry.request.call;
  if (entry.state.owner) {
    if (auto conflict = conflictOf(entry.state, call, entry.owner->address())) {
      entry.refuse(std::move(*conflict));
    } else {
      entry.complete = entry.earlier = true;
    }
    return;
  }
  if (entry.problem) return;
  Quote& quote = entry.state.quote;
  quote.bond = quote.net = payers_.front().purse.bondOf(static_cast<std::uint64_t>(call.tier));
}

// A voucher pays bonds of its owner one after the other.
Task<void> FleetActivation::readCredits() {
  std::vector<evm::RpcCall> calls;
  for (const Payer& payer : payers_) {
    calls.push_back(
        readCall(context_.roles.machineSubscription, subscription::kPendingVoucherCredit, {payer.signer->address()}));
  }
  const auto replies = co_await evm::readMany(context_.rpc, std::move(calls));
  for (std::size_t i = 0; i < payers_.size(); ++i) {
    U256 left = numberFrom(replies[i], "the voucher of " + evm::toChecksum(payers_[i].signer->address()));
    for (Entry* entry : dueOf(payers_[i])) {
      Quote& quote = entry->state.quote;
      quote.credit = std::min(left, quote.bond);
      quote.net = quote.bond - quote.credit;
      left = left - quote.credit;
    }
  }
}

Task<void> FleetActivation::readUsdt() {
  const evm::Address& pool = context_.roles.provisionPool;
  const evm::Address token = payers_.front().purse.usdtToken;
  Entries asked;
  std::vector<evm::RpcCall> calls;
  for (Entry& entry : entries_) {
    if (!entry.isDue() || entry.request.rail != Rail::Usdt) continue;
    if (token == evm::Address{}) {
      entry.refuse(errorFrom(evm::RevertError({.name = "UsdtTokenNotSet", .reason = {}}, std::nullopt), "the payment"));
      continue;
    }
    asked.push_back(&entry);
    calls.push_back(readCall(pool, pool::kQuoteUsdtForPeaq, {entry.state.quote.net}));
  }
  if (asked.empty()) co_return;
  const std::size_t quotes = calls.size();
  for (const Payer& payer : payers_) append(calls, tokenCalls(token, payer.signer->address(), pool));
  const auto replies = co_await evm::readMany(context_.rpc, std::move(calls));
  for (std::size_t i = 0; i < payers_.size(); ++i) {
    takeToken(std::span(replies).subspan(quotes + 2 * i, 2), payers_[i].usdtBalance, payers_[i].usdtAllowance);
  }
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (const auto revert = revertOf(replies[i])) {
      asked[i]->refuse(errorFrom(evm::RevertError(*revert, std::nullopt), "the quote in USDT"));
      continue;
    }
    const U256 quoted = numberFrom(replies[i], "the quote in USDT");
    const auto most = usdtMaximum(quoted, asked[i]->request.slippageBps);
    if (!most) throw networkError("BAD_RPC_ANSWER", "the quote in USDT is beyond all reason", "Check PEAQOS_RPC_URL");
    asked[i]->state.quote.usdt = {.token = token, .quoted = quoted, .maximum = *most};
  }
}

// What the contracts have against a machine is said before any approval is paid for.
Task<void> FleetActivation::readObjections() {
  Entries asked;
  std::vector<evm::RpcCall> calls;
  for (Entry& entry : entries_) {
    if (!entry.isDue()) continue;
    asked.push_back(&entry);
    calls.push_back(estimateCall(entry.request.call, context_.roles, entry.owner->address()));
  }
  if (asked.empty()) co_return;
  const auto replies = co_await evm::readMany(context_.rpc, std::move(calls));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (auto objection = objectionFrom(replies[i])) asked[i]->refuse(std::move(*objection));
  }
}

FleetActivation::Entries FleetActivation::dueOf(const Payer& payer) const {
  Entries due;
  std::ranges::copy_if(payer.machines, std::back_inserter(due), [](const Entry* entry) { return entry->isDue(); });
  return due;
}

U256 FleetActivation::sumOf(const Payer& payer, Rail rail) const {
  U256 sum;
  for (const Entry* entry : dueOf(payer)) {
    if (entry->request.rail == rail) sum = sum + priceOf(entry->state.quote);
  }
  return sum;
}

bool FleetActivation::isApprovalDue(const Payer& payer, Rail rail) const {
  return payer.allowance(rail) < sumOf(payer, rail);
}

// Units that its approvals and activations take at most.
std::uint64_t FleetActivation::gasOf(const Payer& payer) const {
  std::uint64_t gas = kActivateGas * dueOf(payer).size();
  for (const Rail rail : kRails) gas += isApprovalDue(payer, rail) ? kApproveGas : 0;
  return gas;
}

// Why an account cannot pay for all of its machines, and for what else it is to pay; nothing where it can.
std::optional<Error> FleetActivation::shortageOf(const Payer& payer, const U256& besides) const {
  const std::string who = evm::toChecksum(payer.signer->address());
  const U256 bonds = sumOf(payer, Rail::Peaq), usdt = sumOf(payer, Rail::Usdt);
  if (payer.usdtBalance < usdt) {
    return networkError("INSUFFICIENT_USDT",
                        who + " holds " + payer.usdtBalance.toDecimal() + " units of USDT and needs " +
                            usdt.toDecimal() + "; nothing was sent",
                        "Send it more, or pay in PEAQ");
  }
  const bool onePurse = payer.purse.peaqToken == expectedPeaqToken();
  const U256 fees = prices_.maxFee * U256(withMargin(gasOf(payer))), coins = fees + besides;
  const U256 native = onePurse ? coins + bonds : coins;
  if (payer.purse.native >= native && payer.purse.balance >= bonds) return std::nullopt;
  return networkError("INSUFFICIENT_FUNDS",
                      who + " holds " + evm::formatUnits(std::min(payer.purse.native, payer.purse.balance), 18, 4) +
                          " PEAQ and needs " + peaqText(coins + bonds) + ": bonds of " + peaqText(bonds) +
                          ", fees of at most " + peaqText(fees) +
                          (besides == U256() ? std::string() : ", top-ups of " + peaqText(besides)) +
                          "; nothing was sent",
                      "Send it more, or activate fewer machines");
}

// What keeps the operator from paying for its own ends the command; a machine that cannot pay is left out.
void FleetActivation::checkPayers() {
  U256 topUps;
  for (auto payer = payers_.begin() + 1; payer != payers_.end(); ++payer) {
    payer->topUp = {};
    payer->byStation = false;
    if (dueOf(*payer).empty()) continue;
    // Who can pay already gets nothing, so that a rerun tops nobody up for the fees of the run before.
    auto shortage = shortageOf(*payer, {});
    if (!shortage) continue;
    if (request_.gasPerMachine && payer->purse.native < *request_.gasPerMachine) {
      payer->topUp = *request_.gasPerMachine - payer->purse.native;
      Payer then = *payer;
      then.purse.native = *request_.gasPerMachine;
      if (then.purse.peaqToken == expectedPeaqToken()) then.purse.balance = then.purse.native;
      if (auto still = shortageOf(then, {})) {
        throw inputError("BAD_FIELD", "--gas-per-machine is too little: " + still->message, "Give more");
      }
      topUps = topUps + payer->topUp;
      continue;
    }
    if (!request_.gasPerMachine && !request_.skipFunding && isShortOfMoney(payer->purse.native)) {
      payer->byStation = true;
      continue;
    }
    for (Entry* entry : dueOf(*payer)) entry->refuse(*shortage);
  }
  const Payer& owner = payers_.front();
  if (dueOf(owner).empty() && topUps == U256()) return;
  const auto transfers = static_cast<std::uint64_t>(
      std::ranges::count_if(payers_, [](const Payer& payer) { return payer.topUp != U256(); }));
  const U256 besides = topUps + prices_.maxFee * U256(withMargin(evm::kTransferGas * transfers));
  if (auto shortage = shortageOf(owner, besides)) throw Error(std::move(*shortage));
}

FleetCosts FleetActivation::costs() const {
  FleetCosts costs;
  std::uint64_t operatorGas = 0, machineGas = 0;
  for (const Payer& payer : payers_) {
    const bool isOperator = &payer == &payers_.front();
    const std::uint64_t gas = gasOf(payer);
    costs.registrations += dueOf(payer).size();
    U256& bonds = isOperator ? costs.bonds : costs.machineBonds;
    bonds = bonds + sumOf(payer, Rail::Peaq);
    (isOperator ? operatorGas : machineGas) += gas;
    if (payer.topUp == U256()) continue;
    ++costs.topUps;
    costs.topUpSum = costs.topUpSum + payer.topUp;
    operatorGas += evm::kTransferGas;
  }
  costs.due = costs.registrations;
  costs.operatorFees = prices_.expected * U256(operatorGas);
  costs.operatorMaxFees = prices_.maxFee * U256(withMargin(operatorGas));
  costs.machineFees = prices_.expected * U256(machineGas);
  costs.machineMaxFee = prices_.maxFee * U256(withMargin(kApproveGas + kActivateGas));
  return costs;
}

std::vector<FleetTransaction> FleetActivation::planned() const {
  std::vector<FleetTransaction> all;
  const auto add = [&](const Payer& from, const evm::Intent& intent, const char* step, std::uint64_t gas) {
    all.push_back({.step = step,
                   .from = from.signer->address(),
                   .to = intent.to,
                   .value = intent.value,
                   .function = intent.function,
                   .arguments = intent.arguments,
                   .gas = gas,
                   .fee = prices_.expected * U256(gas),
                   .maxFee = prices_.maxFee * U256(withMargin(gas))});
  };
  for (const Payer& payer : payers_) {
    if (payer.topUp != U256()) add(payers_.front(), topUpOf(payer), kTopUpRow, evm::kTransferGas);
  }
  for (const Payer& payer : payers_) {
    for (const Rail rail : kRails) {
      if (isApprovalDue(payer, rail)) add(payer, approvalOf(payer, rail), kApproveRow, kApproveGas);
    }
    for (const Entry* entry : dueOf(payer)) {
      const auto intent = activationIntent(entry->request, entry->state.quote, context_, entry->owner->address());
      add(payer, intent, kActivateRow, kActivateGas);
    }
  }
  return all;
}

std::vector<FleetPayment> FleetActivation::payments() const {
  U256 bonds, usdt;
  for (const Payer& payer : payers_) {
    bonds = bonds + sumOf(payer, Rail::Peaq);
    usdt = usdt + sumOf(payer, Rail::Usdt);
  }
  std::vector<FleetPayment> out;
  if (bonds != U256()) {
    out.push_back({.currency = "bond in " + std::string(context_.deployment.record.currency), .amount = bonds});
  }
  if (usdt != U256()) out.push_back({.currency = "USDT", .decimals = 6, .amount = usdt});
  return out;
}

U256 FleetActivation::operatorBalance() const { return payers_.front().purse.native; }

}  // namespace peaqos::peaq::v2
