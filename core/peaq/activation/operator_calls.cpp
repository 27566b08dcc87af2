// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation/operator_calls.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "evm/abi.hpp"
#include "peaq/batch.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::size_t kGroups = 4, kSingles = 50;  // transactions under way
constexpr int kTries = 3;

// Whether the contract says that what a call is for is done.
bool saysDone(const evm::Revert& revert) {
  return revert.name == "AlreadyRegistered" || revert.name == "AlreadyMinted";
}

Bytes batchOf(std::string_view function, const std::vector<OperatorCall>& calls) {
  std::vector<evm::AbiValue> to, values, data, zeros;
  for (const OperatorCall& call : calls) {
    to.emplace_back(call.to);
    values.emplace_back(call.value);
    data.emplace_back(call.data);
    zeros.emplace_back(std::uint64_t{0});
  }
  return evm::encodeCall(function, {to, values, data, zeros});
}

evm::Intent single(const char* step, const OperatorCall& call) {
  return {.step = step,
          .to = call.to,
          .value = call.value,
          .data = call.data,
          .facts = factsOf({call}),
          .function = call.function,
          .arguments = call.arguments};
}

}  // namespace

Json factsOf(const std::vector<OperatorCall>& calls) {
  Json machines = Json::array();
  for (const OperatorCall& call : calls) machines.push_back(evm::toChecksum(call.machine));
  return {{"machines", std::move(machines)}};
}

OperatorCalls::OperatorCalls(const ActivationContext& context, std::uint64_t gas, std::uint64_t blockGas)
    : context_(context), gas_(gas), blockGas_(blockGas), largest_(std::numeric_limits<std::uint32_t>::max()) {}

// With the margin of estimates.
std::size_t OperatorCalls::groupSize(std::uint64_t gas, std::uint64_t blockGas) {
  const std::uint64_t share = blockGas / 6 * 5 / kGroups / std::max<std::uint64_t>(gas, 1);
  return static_cast<std::size_t>(std::max<std::uint64_t>(share, 1));
}

std::vector<OperatorCalls::Group> OperatorCalls::takeGroups() {
  const std::size_t size = batches_ ? std::min(groupSize(gas_, blockGas_), largest_) : std::size_t{1};
  std::vector<Group> groups;
  while (!waiting_.empty() && groups.size() < (batches_ ? kGroups : kSingles)) {
    const std::size_t count = std::min(size, waiting_.size());
    groups.emplace_back(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return groups;
}

// What is simulated is that every call succeeds; what is sent lets each fail for itself.
evm::Intent OperatorCalls::intentOf(const char* step, const Group& group) const {
  if (group.size() == 1) return single(step, calls_[group[0]]);
  std::vector<OperatorCall> calls;
  for (const std::size_t index : group) calls.push_back(calls_[index]);
  Json arguments = Json::array();
  for (const OperatorCall& call : calls) arguments.push_back({call.function, evm::toChecksum(call.machine)});
  return {.step = step,
          .to = context_.contracts.batchPrecompile,
          .value = {},
          .data = batchOf(kBatchSome, calls),
          .rehearsal = batchOf(kBatchAll, calls),
          .facts = factsOf(calls),
          .function = std::string(kBatchSome),
          .arguments = std::move(arguments)};
}

Task<std::vector<CallEnd>> OperatorCalls::make(const char* step, std::vector<OperatorCall> calls,
                                               std::function<void()> told) {
  calls_ = std::move(calls);
  ends_.assign(calls_.size(), {});
  failures_.assign(calls_.size(), 0);
  waiting_.resize(calls_.size());
  std::iota(waiting_.begin(), waiting_.end(), std::size_t{0});
  while (!waiting_.empty() && !stopped_) {
    std::vector<Group> groups = takeGroups();
    std::vector<evm::Intent> intents;
    for (const Group& group : groups) intents.push_back(intentOf(step, group));
    std::optional<Error> trouble;
    std::vector<evm::Outcome> outcomes;
    try {
      outcomes = co_await context_.outbox.sendAll(std::move(intents), context_.signer);
    } catch (const Error& error) {
      if (error.kind != ErrorKind::Network) throw;
      trouble = error;
    }
    if (trouble) {
      for (const Group& group : groups) concludeError(group, *trouble);
      break;
    }
    for (std::size_t i = 0; i < groups.size(); ++i) co_await conclude(std::move(groups[i]), std::move(outcomes[i]));
    told();
  }
  for (const std::size_t index : waiting_) {
    ends_[index] = {.reason = "not sent: " + stopped_->message, .pending = true};
  }
  co_return std::move(ends_);
}

Task<void> OperatorCalls::conclude(Group group, evm::Outcome outcome) {
  if (auto* mined = std::get_if<evm::Mined>(&outcome)) {
    co_await concludeMined(std::move(group), std::move(*mined));
  } else if (const auto* reverted = std::get_if<evm::RevertError>(&outcome)) {
    transactions_ += reverted->transaction ? 1 : 0;
    if (group.size() == 1 && saysDone(reverted->revert)) {
      ends_[group[0]].done = true;
      co_return;
    }
    co_await sortOut(std::move(group), meaningOf(reverted->revert));
  } else {
    concludeError(group, std::get<Error>(outcome));
  }
}

Task<void> OperatorCalls::concludeMined(Group group, evm::Mined mined) {
  const evm::Receipt& receipt = mined.receipt;
  std::vector<CallResult> results{{.succeeded = receipt.succeeded}};
  if (group.size() > 1) results = batchResults(receipt, context_.contracts.batchPrecompile, {}, group.size());
  Json facts = mined.facts;
  Json succeeded = Json::array();
  for (const CallResult& result : results) succeeded.push_back(result.succeeded);
  facts["outcomes"] = std::move(succeeded);
  co_await context_.outbox.confirm(mined, std::move(facts));
  ++transactions_;
  if (receipt.fee) fees_ = fees_ + *receipt.fee;
  Group failed;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (results[i].succeeded) {
      ends_[group[i]] = {.done = true, .hash = toHex0x(receipt.transaction)};
    } else {
      failed.push_back(group[i]);
    }
  }
  if (!failed.empty()) co_await sortOut(std::move(failed), "its call failed in the batch");
}

void OperatorCalls::concludeError(const Group& group, const Error& error) {
  const bool pending = error.code == "RECEIPT_PENDING" || error.code == "BROADCAST_UNKNOWN";
  const bool nothing = error.code == "TX_REPLACED" || error.code == "TX_REJECTED";
  const bool tooLarge = group.size() > 1 && (error.code == "FEE_ABOVE_CEILING" || error.code == "RPC_ERROR");
  if (nothing && std::ranges::all_of(group, [&](std::size_t index) { return ++failures_[index] < kTries; })) {
    retry(group);
    return;
  }
  if (tooLarge) {
    largest_ = std::max<std::size_t>(group.size() / 2, 1);
    retry(group);
    return;
  }
  for (const std::size_t index : group) {
    ends_[index] = {.reason = (pending ? "" : "not sent: ") + error.message, .pending = true};
  }
  if (!stopped_) stopped_ = error;
}

void OperatorCalls::retry(const Group& group) { waiting_.insert(waiting_.begin(), group.begin(), group.end()); }

// Finds the calls that their contract refuses; the others wait again, in smaller groups if none is refused.
Task<void> OperatorCalls::sortOut(Group group, std::string reason) {
  std::vector<evm::RpcCall> reads;
  for (const std::size_t index : group) {
    const evm::Intent intent = single("", calls_[index]);
    reads.push_back({"eth_call", Json::array({evm::callObject(intent, context_.signer.address()), "latest"})});
  }
  const auto replies = co_await context_.rpc.read(std::move(reads));
  bool anyRefused = false;
  Group again;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto* error = std::get_if<evm::RpcError>(&replies[i]);
    const auto revert = error ? evm::revertFrom(*error, contractErrors()) : std::nullopt;
    anyRefused = anyRefused || revert;
    if (revert && saysDone(*revert)) {
      ends_[group[i]].done = true;
    } else if (revert) {
      ends_[group[i]].reason = meaningOf(*revert);
    } else if (group.size() == 1 && ++failures_[group[i]] >= kTries) {
      ends_[group[i]].reason = reason;
    } else {
      again.push_back(group[i]);
    }
  }
  // What passes alone and not together: some networks move no money in a batch.
  const bool money = std::ranges::any_of(group, [&](std::size_t i) { return calls_[i].value != evm::U256(); });
  if (!anyRefused && group.size() > 1) {
    batches_ = batches_ && !money;
    largest_ = std::max<std::size_t>(group.size() / 2, 1);
  }
  retry(again);
}

}  // namespace peaqos::peaq
