// SPDX-License-Identifier: Apache-2.0
#include "app/events/event_sender.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "app/events/event_target.hpp"
#include "evm/units.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kGroupBytes = 96U << 10;  // of calldata: nodes take no transaction above 128 KiB
constexpr std::size_t kFlightsOfGroups = 4, kFlightsOfLines = 16;
constexpr int kTries = 3;

bool isPending(const Error& error) { return error.code == "RECEIPT_PENDING" || error.code == "BROADCAST_UNKNOWN"; }

// Whether a transaction that ended so had no effect, and another one can be made for the same lines.
bool cameToNothing(const Error& error) { return error.code == "TX_REPLACED" || error.code == "TX_REJECTED"; }

// Whether the account may yet be able to pay for it, once it is known what others under way have cost.
bool isPoor(const evm::Outcome& outcome) {
  const auto* error = std::get_if<Error>(&outcome);
  return error && error->code == "INSUFFICIENT_FUNDS";
}

std::vector<Bytes> callsOf(const std::vector<WaitingLine>& group) {
  std::vector<Bytes> calls;
  for (const WaitingLine& each : group) calls.push_back(each.line.call);
  return calls;
}

}  // namespace

EventSender::EventSender(SenderTools tools, SenderSettings settings)
    : tools_(tools), settings_(std::move(settings)), largest_(std::numeric_limits<std::uint32_t>::max()) {
  if (settings_.batch) largest_ = static_cast<std::size_t>(*settings_.batch);
  if (!settings_.precompile) largest_ = 1;
}

void EventSender::add(EventLine line, LineKey key) {
  waitingBytes_ += line.call.size();
  waiting_.push_back({.line = std::move(line), .key = key});
}

// What is under way fits into one block, with the margin of estimates: nodes that mine as transactions arrive leave
// what does not fit until the next one comes.
std::size_t EventSender::groupSize() const {
  const std::uint64_t share = settings_.blockGas / 6 * 5 / inFlight();
  const std::uint64_t line = minedLineGas_ > 0 ? std::min(minedLineGas_, settings_.lineGas) : settings_.lineGas;
  const std::uint64_t byGas = share / std::max<std::uint64_t>(line, 1);
  const std::uint64_t most = settings_.batch ? largest_ : std::min<std::uint64_t>(largest_, byGas);
  return static_cast<std::size_t>(std::max<std::uint64_t>(most, 1));
}

std::size_t EventSender::inFlight() const {
  if (settings_.inFlight) return static_cast<std::size_t>(*settings_.inFlight);
  return settings_.precompile ? kFlightsOfGroups : kFlightsOfLines;
}

bool EventSender::full() const {
  return over_ || waiting_.size() >= groupSize() * room() || waitingBytes_ >= kGroupBytes * room();
}

EventSender::Group EventSender::takeGroup() {
  Group group;
  std::size_t bytes = 0;
  while (!waiting_.empty() && group.size() < groupSize()) {
    const std::size_t more = waiting_.front().line.call.size();
    if (!group.empty() && bytes + more > kGroupBytes) break;
    bytes += more;
    group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  waitingBytes_ -= bytes;
  return group;
}

std::vector<EventSender::Group> EventSender::takeGroups(std::vector<evm::Intent>& intents) {
  std::vector<Group> groups;
  while (!waiting_.empty() && groups.size() < room()) {
    groups.push_back(takeGroup());
    intents.push_back(intentOf(groups.back()));
  }
  return groups;
}

// What is simulated is that every call succeeds; what is sent lets each fail for itself.
evm::Intent EventSender::intentOf(const Group& group) const {
  const std::vector<Bytes> calls = callsOf(group);
  std::vector<LineKey> keys;
  for (const WaitingLine& each : group) keys.push_back(each.key);
  evm::Intent intent{.step = kSubmitEventsStep,
                     .to = settings_.registry,
                     .value = {},
                     .data = calls[0],
                     .facts = factsOf(keys),
                     .function = std::string(peaq::kSubmitEvent)};
  if (settings_.precompile) {
    intent.to = *settings_.precompile;
    intent.data = peaq::batchCalldata(peaq::kBatchSome, settings_.registry, calls);
    intent.rehearsal = peaq::batchCalldata(peaq::kBatchAll, settings_.registry, calls);
    intent.function = std::string(peaq::kBatchSome);
  }
  return intent;
}

// Whether the fees of these lines, and of what is under way, could exceed the limit. That ends the run once nothing is
// under way: until then its fees are not known.
Task<bool> EventSender::mayExceedLimit(std::size_t lines) {
  if (!settings_.maxTotalFee) co_return false;
  const evm::Prices prices = co_await evm::readPrices(tools_.rpc);
  const std::uint64_t gas = evm::withMargin(settings_.lineGas) * lines;
  const evm::U256 after = tools_.summary.fees + window_.most() + prices.maxFee * evm::U256(gas);
  if (after <= *settings_.maxTotalFee) co_return false;
  if (window_.size() > 0) co_return true;
  stop(networkError("TOTAL_FEE_REACHED",
                    "the fees of this run may come to " + evm::formatUnitsUp(after, 18, 4) + " " +
                        tools_.summary.currency + ", above the limit of " +
                        evm::formatUnits(*settings_.maxTotalFee, 18, 4) + " " + tools_.summary.currency,
                    "Run the command again with a higher --max-total-fee: it goes on where it stopped"));
  co_return true;
}

void EventSender::waitAgain() {
  for (const WaitingLine& line : again_) waitingBytes_ += line.line.call.size();
  waiting_.insert(waiting_.begin(), std::move_iterator(again_.begin()), std::move_iterator(again_.end()));
  again_.clear();
}

// Fills the window. Returns whether groups came back at once that can be tried again before anything has ended. Trouble
// with the node stops the run, and what is under way is still awaited.
Task<bool> EventSender::depart() {
  if (over_ || waiting_.empty() || room() == 0) co_return false;
  std::optional<Error> trouble;
  std::vector<Group> groups;
  std::vector<evm::Arrival> stayed;
  const std::size_t first = window_.next();
  try {
    if (co_await mayExceedLimit(std::min(waiting_.size(), groupSize() * room()))) co_return false;
    co_await review();  // before nonces behind a dropped one are used
    std::vector<evm::Intent> intents;
    groups = takeGroups(intents);
    stayed = co_await tools_.outbox.sendInto(window_, std::move(intents), tools_.signer);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    trouble = error;
  }
  if (trouble) {
    for (Group& group : groups) retry(std::move(group));
    tools_.summary.stopped = std::move(trouble);
    co_return false;
  }
  for (std::size_t i = 0; i < groups.size(); ++i) underWay_.emplace(first + i, std::move(groups[i]));
  bool poor = false;
  for (evm::Arrival& each : stayed) {
    poor = poor || isPoor(each.outcome);
    co_await conclude(std::move(underWay_.extract(each.number).mapped()), std::move(each.outcome));
  }
  co_return !stayed.empty() && !poor;
}

Task<bool> EventSender::advance() {
  const std::uint64_t before = settled_;
  const std::size_t largestBefore = largest_;
  if (!co_await depart()) {
    std::vector<evm::Arrival> arrivals = co_await tools_.outbox.nextOf(window_);
    for (evm::Arrival& each : arrivals) {
      co_await conclude(std::move(underWay_.extract(each.number).mapped()), std::move(each.outcome));
    }
  }
  waitAgain();
  idle_ = settled_ == before && largest_ == largestBefore ? idle_ + 1 : 0;
  auto& stopped = tools_.summary.stopped;
  if (stopped && !over_ && idle_ < kTries && cameToNothing(*stopped)) stopped.reset();
  if (stopped) stop(Error(*stopped));
  co_await tools_.results.flush();
  co_return !over_ || !underWay_.empty();
}

Task<void> EventSender::conclude(Group group, evm::Outcome outcome) {
  if (auto* mined = std::get_if<evm::Mined>(&outcome)) {
    co_await concludeMined(std::move(group), std::move(*mined));
  } else if (const auto* reverted = std::get_if<evm::RevertError>(&outcome)) {
    const std::string hash = reverted->transaction ? toHex0x(*reverted->transaction) : std::string();
    tools_.summary.transactions += reverted->transaction ? 1 : 0;
    co_await sortOut(std::move(group), eventMeaning(settings_.generation, reverted->revert), hash, std::nullopt);
  } else {
    co_await concludeError(std::move(group), std::get<Error>(std::move(outcome)));
  }
}

Task<void> EventSender::concludeMined(Group group, evm::Mined mined) {
  if (settings_.depth.isImmediate()) {
    co_await concludeSure(std::move(group), std::move(mined));
  } else {
    unsure_.push_back({.group = std::move(group), .mined = std::move(mined)});
  }
}

Task<void> EventSender::concludeSure(Group group, evm::Mined mined) {
  const evm::Receipt& receipt = mined.receipt;
  const auto results = settings_.precompile
                           ? peaq::batchResults(receipt, *settings_.precompile, settings_.registry, group.size())
                           : std::vector{peaq::callResult(receipt, settings_.registry)};
  co_await tools_.outbox.confirm(mined, factsOf(mined.facts, receipt.block, results));
  ++tools_.summary.transactions;
  if (receipt.fee) tools_.summary.fees = tools_.summary.fees + *receipt.fee;
  const std::string hash = toHex0x(receipt.transaction);
  Group failed;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!results[i].succeeded) {
      failed.push_back(std::move(group[i]));
      continue;
    }
    tools_.known.add(group[i].key, {.hash = hash, .block = receipt.block, .eventIndex = results[i].eventIndex});
    report(group[i], {.hash = hash, .block = receipt.block, .eventIndex = results[i].eventIndex});
  }
  if (failed.empty() && receipt.gasUsed) minedLineGas_ = std::max(minedLineGas_, *receipt.gasUsed / group.size() + 1);
  if (!failed.empty()) co_await sortOut(std::move(failed), "its call failed in the batch", hash, receipt.block);
}

Task<void> EventSender::concludeError(Group group, Error error) {
  if (isPending(error)) {
    const std::string hash = co_await hashOf(group);
    for (const WaitingLine& each : group) {
      tools_.known.add(each.key, {.hash = hash, .pending = true});
      report(each, {.status = LineStatus::Pending, .hash = hash, .reason = error.message});
    }
  } else if (group.size() > 1 && (error.code == "FEE_ABOVE_CEILING" || error.code == "RPC_ERROR")) {
    shrink(group.size() / 2);  // too dear, or too large for a block: half of it may do
    retry(std::move(group));
    co_return;
  } else {
    retry(std::move(group));
    if (error.code == "INSUFFICIENT_FUNDS" && window_.size() > 0) co_return;
  }
  if (!tools_.summary.stopped) tools_.summary.stopped = std::move(error);
}

// Of the transaction under way with these lines; empty if the ledger has none.
Task<std::string> EventSender::hashOf(const Group& group) {
  const auto rows = co_await tools_.outbox.openRows(tools_.signer.address());
  for (const ledger::Row& row : rows) {
    const std::vector<LineKey> keys = keysOf(row.facts);
    if (!keys.empty() && keys[0] == group[0].key) co_return row.transaction->hash;
  }
  co_return std::string();
}

// Finds the lines that the contract refuses; the others wait again.
Task<void> EventSender::sortOut(Group group, std::string reason, std::string hash, std::optional<std::uint64_t> block) {
  const std::vector<std::string> refused = co_await refusals(group);
  const bool anyRefused = std::ranges::any_of(refused, [](const std::string& words) { return !words.empty(); });
  if (!anyRefused && group.size() > 1) shrink(group.size() / 2);
  for (std::size_t i = 0; i < group.size(); ++i) {
    WaitingLine& line = group[i];
    const bool hopeless = !anyRefused && group.size() == 1 && ++line.failures >= kTries;
    if (refused[i].empty() && !hopeless) {
      again_.push_back(std::move(line));
      continue;
    }
    report(line, {.status = LineStatus::Rejected,
                  .hash = hash,
                  .block = block,
                  .reason = refused[i].empty() ? reason : refused[i]});
  }
}

// Why the contract refuses each line by itself; empty where it does not.
Task<std::vector<std::string>> EventSender::refusals(const Group& group) {
  std::vector<evm::RpcCall> calls;
  for (const WaitingLine& each : group) {
    const evm::Intent intent{.step = {}, .to = settings_.registry, .value = {}, .data = each.line.call};
    calls.push_back({"eth_call", Json::array({evm::callObject(intent, tools_.signer.address()), "latest"})});
  }
  std::vector<std::string> refused(group.size());
  std::vector<evm::RpcReply> replies;
  try {
    replies = co_await tools_.rpc.read(std::move(calls));
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    tools_.summary.stopped = error;
  }
  for (std::size_t i = 0; i < replies.size(); ++i) {
    const auto* error = std::get_if<evm::RpcError>(&replies[i]);
    const auto revert = error ? evm::revertFrom(*error, eventErrors(settings_.generation)) : std::nullopt;
    if (revert) refused[i] = eventMeaning(settings_.generation, *revert);
  }
  co_return refused;
}

void EventSender::retry(Group group) { std::ranges::move(group, std::back_inserter(again_)); }

void EventSender::shrink(std::size_t size) { largest_ = std::min(largest_, std::max<std::size_t>(size, 1)); }

void EventSender::report(const WaitingLine& line, LineResult result) {
  result.line = line.line.number;
  result.id = line.line.id;
  ++settled_;
  if (result.status == LineStatus::Confirmed) ++tools_.summary.sent;
  if (result.status == LineStatus::Rejected) ++tools_.summary.rejected;
  if (result.status == LineStatus::Pending) ++tools_.summary.pending;
  tools_.results.add(result);
}

void EventSender::stop(const Error& why) {
  for (const WaitingLine& line : waiting_) {
    report(line, {.status = LineStatus::Pending, .reason = "not sent: " + why.message});
  }
  waiting_.clear();
  waitingBytes_ = 0;
  over_ = true;
  tools_.summary.stopped = why;
}

}  // namespace peaqos::app
