// What the chain says of a fleet and its operator, and what follows from it.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "evm/units.hpp"
#include "peaq/activation/fleet.hpp"
#include "peaq/preflight.hpp"

namespace peaqos::peaq {
namespace {

using evm::RpcCall;
using evm::U256;

constexpr std::size_t kAtOnce = 100;  // machines that are read in one request
constexpr std::uint64_t kAssumedBlockGas = 10'000'000;

std::string money(const U256& wei, std::string_view currency) {
  return evm::formatUnitsUp(wei, 18, 4) + " " + std::string(currency);
}

}  // namespace

Task<void> FleetActivation::readOperator() {
  const std::array<NamedContract, 4> contracts = {
      NamedContract{"IDENTITY_REGISTRY_ADDRESS", context_.contracts.identityRegistry},
      {"IDENTITY_STAKING_ADDRESS", context_.contracts.identityStaking},
      {"EVENT_REGISTRY_ADDRESS", context_.contracts.eventRegistry},
      {"MACHINE_NFT_ADDRESS", context_.contracts.machineNft}};
  const evm::Address account = context_.signer.address();
  std::vector<RpcCall> calls = preflightCalls(contracts);
  const std::size_t own = calls.size();
  calls.push_back(evm::balanceCall(account));
  calls.push_back(operatorWork_->machineIdCall(account));
  calls.push_back(evm::feeHistoryCall());
  calls.push_back(evm::latestBlockCall());
  calls.push_back({"eth_maxPriorityFeePerGas"});
  const std::size_t attributes = calls.size();
  std::ranges::move(operatorWork_->attributeCalls(account, kOperatorAttributes), std::back_inserter(calls));
  const auto replies = co_await context_.rpc.read(std::move(calls));
  chainId_ = checkPreflight(replies, contracts, context_.network);
  context_.outbox.useChain(chainId_);
  operatorBalance_ = evm::quantityOf(replies[own], "the balance of " + evm::toChecksum(account));
  operatorId_ = operatorWork_->machineIdFrom(replies[own + 1], account);
  prices_ = evm::pricesFrom(replies[own + 2], replies[own + 3], replies[own + 4]);
  const auto limit = U256::fromQuantity(textOrEmpty(evm::valueOf(replies[own + 3], "the latest block"), "gasLimit"));
  blockGas_ = limit ? limit->toUint64().value_or(kAssumedBlockGas) : kAssumedBlockGas;
  operatorAttributes_ =
      operatorWork_->attributesFrom(std::span(replies).subspan(attributes), account, kOperatorAttributes);
}

Task<void> FleetActivation::readMachines() {
  constexpr std::size_t kCalls = 2 + kMachineAttributes.size();
  for (std::size_t first = 0; first < entries_.size(); first += kAtOnce) {
    const std::size_t last = std::min(first + kAtOnce, entries_.size());
    std::vector<RpcCall> calls;
    for (std::size_t i = first; i < last; ++i) {
      const ActivationWork& work = entries_[i].work;
      calls.push_back(evm::balanceCall(work.machine));
      calls.push_back(work.machineIdCall(work.machine));
      std::ranges::move(work.attributeCalls(work.machine, kMachineAttributes), std::back_inserter(calls));
    }
    const auto replies = co_await context_.rpc.read(std::move(calls));
    for (std::size_t i = first; i < last; ++i) {
      Entry& entry = entries_[i];
      const auto own = std::span(replies).subspan((i - first) * kCalls, kCalls);
      entry.state.machineBalance = evm::quantityOf(own[0], "the balance of " + evm::toChecksum(entry.work.machine));
      entry.state.machineId = entry.work.machineIdFrom(own[1], entry.work.machine);
      entry.state.machineAttributes = entry.work.attributesFrom(own.subspan(2), entry.work.machine, kMachineAttributes);
    }
  }
}

// The ids that machines lack: their own, or those of their NFTs.
Task<void> FleetActivation::readIds(bool tokens) {
  std::vector<Entry*> asked;
  for (Entry& entry : entries_) {
    const bool lacking = tokens ? entry.isRegistered() && !entry.isMinted() : !entry.isRegistered();
    if (lacking && entry.problem.empty()) asked.push_back(&entry);
  }
  for (std::size_t first = 0; first < asked.size(); first += kAtOnce) {
    const auto some = std::span(asked).subspan(first, std::min(kAtOnce, asked.size() - first));
    std::vector<RpcCall> calls;
    for (const Entry* entry : some) {
      calls.push_back(tokens
                          ? evm::contractCall(context_.contracts.machineNft, tokenIdOfCalldata(entry->state.machineId))
                          : entry->work.machineIdCall(entry->work.machine));
    }
    const auto replies = co_await context_.rpc.read(std::move(calls));
    for (std::size_t i = 0; i < some.size(); ++i) {
      ActivationState& state = some[i]->state;
      if (tokens) {
        state.tokenId = numberFrom(replies[i], "tokenIdOf(" + state.machineId.toDecimal() + ")");
      } else {
        state.machineId = some[i]->work.machineIdFrom(replies[i], some[i]->work.machine);
      }
    }
  }
}

// Who holds the NFTs that are there; a node that cannot tell is no objection.
Task<void> FleetActivation::readOwners() {
  std::vector<Entry*> asked;
  std::vector<RpcCall> calls;
  for (Entry& entry : entries_) {
    if (!entry.isMinted()) continue;
    asked.push_back(&entry);
    calls.push_back(evm::contractCall(context_.contracts.machineNft, ownerOfCalldata(entry.state.tokenId)));
  }
  if (calls.empty()) co_return;
  const auto replies = co_await context_.rpc.read(std::move(calls));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (std::holds_alternative<evm::RpcError>(replies[i])) continue;
    asked[i]->holder = addressFrom(replies[i], "ownerOf(" + asked[i]->state.tokenId.toDecimal() + ")");
  }
}

// Gas of one registration and of one DID; of what the node will not estimate, the most that it takes.
Task<void> FleetActivation::estimate() {
  registerGas_ = kRegisterGas;
  didGas_ = kMachineDidGas;
  const auto due = std::ranges::find_if(entries_, [](const Entry& entry) { return !entry.isRegistered(); });
  const auto fresh = std::ranges::find_if(
      entries_, [](const Entry& entry) { return entry.writes().size() == kMachineAttributes.size(); });
  const auto call = [&](const evm::Address& from, const evm::Address& to, const U256& value, Bytes data) {
    const evm::Intent intent{.step = {}, .to = to, .value = value, .data = std::move(data)};
    return RpcCall{"eth_estimateGas", Json::array({evm::callObject(intent, from), "latest"})};
  };
  std::vector<RpcCall> calls;
  if (due != entries_.end()) {
    calls.push_back(call(context_.signer.address(), context_.contracts.identityRegistry, kBond,
                         registerForCalldata(due->work.machine)));
  }
  if (fresh != entries_.end()) {
    calls.push_back(call(fresh->work.machine, context_.contracts.batchPrecompile, {},
                         writeAttributesCalldata(context_.contracts, fresh->work.machine, fresh->writes())));
  }
  if (calls.empty()) co_return;
  const auto replies = co_await context_.rpc.read(std::move(calls));
  const auto unitsOr = [&](std::size_t at, std::uint64_t fallback) {
    return std::holds_alternative<Json>(replies[at]) ? evm::uint64Of(replies[at], "a gas estimate") : fallback;
  };
  if (due != entries_.end()) registerGas_ = unitsOr(0, registerGas_);
  // The ids that a new DID will hold are longer than the zeros that stand for them now.
  if (fresh != entries_.end()) didGas_ = std::min(unitsOr(replies.size() - 1, didGas_) * 11 / 10, kMachineDidGas);
}

void FleetActivation::judge() {
  const U256 need = prices_.maxFee * U256(evm::withMargin(didGas_));
  const std::string currency(context_.network.currency);
  if (request_.gasPerMachine && *request_.gasPerMachine < need) {
    throw inputError("BAD_FIELD",
                     "--gas-per-machine is less than the DID of a machine may cost, " + money(need, currency),
                     "Give more");
  }
  for (Entry& entry : entries_) {
    const bool needsDid = !entry.isRegistered() || !entry.isMinted() || !entry.writes().empty();
    entry.earlier = !needsDid && entry.isListed(operatorAttributes_, operatorId_);
    if (entry.holder && *entry.holder != entry.work.machine) {
      entry.refuse("token " + entry.state.tokenId.toDecimal() + " of machine " + entry.state.machineId.toDecimal() +
                   " belongs to " + evm::toChecksum(*entry.holder));
      continue;
    }
    const U256& balance = entry.state.machineBalance;
    if (!needsDid) continue;
    if (request_.gasPerMachine && balance < *request_.gasPerMachine) {
      entry.topUp = *request_.gasPerMachine - balance;
    } else if (balance < need && !request_.gasPerMachine && !request_.skipFunding) {
      entry.byStation = true;
    } else if (balance < need) {
      entry.refuse("it holds " + evm::formatUnits(balance, 18, 4) + " " + currency + " and needs " +
                   money(need, currency) + " for the gas of its DID; --gas-per-machine sends it some");
    }
  }
}

std::vector<U256> FleetActivation::newIds() const {
  std::vector<U256> ids;
  for (const Entry& entry : entries_) {
    if (entry.isRegistered() && !isOut(entry)) ids.push_back(entry.state.machineId);
  }
  return ids;
}

FleetCosts FleetActivation::costs() const {
  FleetCosts costs;
  std::uint64_t gas = 0;
  for (const Entry& entry : entries_) {
    if (isOut(entry) || entry.earlier) continue;
    ++costs.due;
    if (!entry.isRegistered()) ++costs.registrations;
    if (!entry.isMinted()) ++costs.mints;
    if (entry.topUp != U256()) ++costs.topUps;
    costs.topUpSum = costs.topUpSum + entry.topUp;
    if (!entry.isRegistered() || !entry.isMinted() || !entry.writes().empty()) ++costs.dids;
    costs.list = costs.list || !entry.isRegistered() || !entry.isListed(operatorAttributes_, operatorId_);
  }
  costs.bonds = U256(kBond) * U256(costs.registrations);
  gas = registerGas_ * costs.registrations + kMintGas * costs.mints + evm::kTransferGas * costs.topUps +
        (costs.list ? kProxyDidGas : 0);
  costs.operatorFees = prices_.expected * U256(gas);
  costs.operatorMaxFees = prices_.maxFee * U256(evm::withMargin(gas));
  costs.machineFees = prices_.expected * U256(didGas_ * costs.dids);
  costs.machineMaxFee = prices_.maxFee * U256(evm::withMargin(didGas_));
  return costs;
}

void FleetActivation::checkOperator() {
  const FleetCosts costs = this->costs();
  if (costs.due == 0) return;
  const std::string account = evm::toChecksum(context_.signer.address());
  if (operatorId_ == U256()) {
    throw networkError("OPERATOR_NOT_REGISTERED", "the operator " + account + " is not a registered machine itself",
                       "Run activate with the operator's key and without --fleet first");
  }
  // The list with ids as long as those to come: registered machines have been given the highest so far.
  std::vector<U256> ids = newIds();
  const std::vector<U256> listed = listedMachines(operatorAttributes_);
  U256 highest = operatorId_;
  for (const U256& id : ids) highest = std::max(highest, id);
  for (const U256& id : listed) highest = std::max(highest, id);
  for (std::size_t i = 0; i < costs.registrations; ++i) ids.push_back(highest + U256(i + 1));
  static_cast<void>(missingWrites(operatorAttributes_, operatorId_, ids));
  const U256 needed = costs.bonds + costs.topUpSum + costs.operatorMaxFees;
  if (operatorBalance_ >= needed) return;
  const std::string_view currency = context_.network.currency;
  throw networkError("INSUFFICIENT_FUNDS",
                     "the operator " + account + " holds " + evm::formatUnits(operatorBalance_, 18, 4) + " " +
                         std::string(currency) + " and needs " + money(needed, currency) + " for " +
                         std::to_string(costs.due) + " machines: bonds of " + money(costs.bonds, currency) +
                         ", top-ups of " + money(costs.topUpSum, currency) + ", fees of at most " +
                         money(costs.operatorMaxFees, currency),
                     "Send it at least " + money(needed - operatorBalance_, currency) + ", or activate fewer machines");
}

Task<void> FleetActivation::survey() {
  co_await readOperator();
  co_await readMachines();
  co_await readIds(true);
  co_await readOwners();
  co_await estimate();
  judge();
  checkOperator();
}

}  // namespace peaqos::peaq
