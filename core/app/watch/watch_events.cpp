// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/events/event_target.hpp"
#include "app/signing/session.hpp"
#include "app/watch/follow.hpp"
#include "app/watch/trail.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "evm/log_reader.hpp"
#include "peaq/batch.hpp"
#include "peaq/did.hpp"
#include "peaq/event.hpp"
#include "peaq/event_log.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::app {
namespace {

using Machines = std::set<evm::U256>;

constexpr std::size_t kMachinesByTopic = 100, kEventsAtOnce = 100;
constexpr std::chrono::seconds kListEvery{60};

std::string wordOf(std::span<const peaq::Choice> choices, std::uint64_t code) {
  const auto choice = std::ranges::find(choices, code, &peaq::Choice::code);
  return choice == choices.end() ? std::to_string(code) : std::string(choice->word);
}

Json lineOf(const peaq::EventLog& log, const evm::BlockHeader& block, const std::optional<peaq::StoredEvent>& stored) {
  Json line{{"id", lineId(log.blockHash, std::to_string(log.index))},
            {"type", "event"},
            {"block", log.block},
            {"block_hash", toHex0x(log.blockHash)},
            {"block_time", formatTime(block.timestamp)},
            {"tx_hash", toHex0x(log.transaction)},
            {"log_index", log.index},
            {"machine_id", log.machineId.toDecimal()},
            {"event_index", log.eventIndex.toDecimal()},
            {"event_type", wordOf(peaq::eventTypes(), log.type)},
            {"value", log.value.toDecimal()}};
  line["currency"] = stored && !stored->currency.empty() ? Json(stored->currency) : Json(nullptr);
  line["timestamp"] = stored ? Json(stored->timestamp) : Json(nullptr);
  line["trust"] = stored ? Json(wordOf(peaq::trustLevels(), stored->trust)) : Json(nullptr);
  line["data_hash"] = stored && stored->dataHash != Hash256{} ? Json(toHex0x(stored->dataHash)) : Json(nullptr);
  return line;
}

class EventWatch {
 public:
  EventWatch(Session& session, host::Clock& clock, evm::RpcClient& rpc, EventTarget target, WatchEventsRequest request,
             Recorder& recorder)
      : session_(session),
        clock_(clock),
        rpc_(rpc),
        target_(std::move(target)),
        request_(std::move(request)),
        recorder_(recorder) {}

  // What the cursor holds. Throws Error (Input).
  void restore();
  Task<bool> look();

 private:
  Task<void> listMachines();
  // Whether the node had all of it.
  Task<bool> readRange(Machines machines, std::uint64_t first, std::uint64_t last, bool older);
  Task<bool> writeOut(std::vector<peaq::EventLog> logs, evm::BlockHeader end, bool older);
  Json state() const;

  Session& session_;
  host::Clock& clock_;
  evm::RpcClient& rpc_;
  const EventTarget target_;
  const WatchEventsRequest request_;
  Recorder& recorder_;
  Trail trail_;
  std::uint64_t from_ = 0;  // the first block of the watch
  Machines machines_;       // empty: all
  std::optional<std::chrono::microseconds> listed_;
  bool news_ = false;  // of the look under way
};

void EventWatch::restore() {
  for (const std::string& id : request_.machineIds) machines_.insert(*peaq::v2::parseMachineId(id));
  if (recorder_.state().is_null()) {
    if (request_.since) trail_.beginAt(*request_.since);
    from_ = request_.since.value_or(0);
    return;
  }
  const Json* from = findMember(recorder_.state(), "from");
  const Json* machines = findMember(recorder_.state(), "machines");
  auto trail = Trail::from(recorder_.state());
  const auto first = from ? toUint64(*from) : std::nullopt;
  if (!trail || !first || !machines || !machines->is_array()) {
    throw inputError("BAD_CURSOR", "the --cursor file holds no events", "Remove it to begin anew");
  }
  trail_ = std::move(*trail);
  from_ = *first;
  for (const Json& machine : *machines) {
    const auto id = machine.is_string() ? peaq::v2::parseMachineId(machine.get<std::string>()) : std::nullopt;
    if (id) machines_.insert(*id);
  }
}

Json EventWatch::state() const {
  Json out = trail_.toJson();
  out["from"] = from_;
  out["machines"] = Json::array();
  for (const evm::U256& machine : machines_) out["machines"].push_back(machine.toDecimal());
  return out;
}

// Reads the list of the operator's machines again when it is due. What a machine did before it was listed is read
// first: the API may list it late.
Task<void> EventWatch::listMachines() {
  if (!request_.operatorDid || (listed_ && clock_.monotonic() - *listed_ < kListEvery)) co_return;
  auto api = session_.mcrApi(target_.deployment.generation);
  const Json fleet = co_await api.operatorMachines(*request_.operatorDid);
  Machines added;
  for (const Json& machine : fleet["machines"]) {
    const Json& id = machine["machine_id"];
    if (id.is_string() != target_.isSecond()) continue;
    const auto number = peaq::v2::parseMachineId(id.is_string() ? id.get<std::string>() : numberText(id));
    if (number && !machines_.contains(*number)) added.insert(*number);
  }
  const bool mayHaveMissed = !added.empty() && trail_.tip() && from_ < trail_.next();
  if (mayHaveMissed && !co_await readRange(added, from_, trail_.next() - 1, true)) co_return;
  machines_.insert(added.begin(), added.end());
  listed_ = clock_.monotonic();
}

Task<bool> EventWatch::look() {
  const ChainLook chain = co_await lookAtChain(rpc_, trail_);
  news_ = !chain.retracted.empty();
  if (news_) co_await recorder_.record(retractionsOf(chain.retracted), state());
  if (chain.lags) co_return news_;
  if (!trail_.hasBegun()) {
    from_ = chain.head.number + 1;
    trail_.reach({.block = chain.head.number, .hash = chain.head.hash});
  }
  co_await listMachines();
  if (trail_.next() <= chain.head.number) {
    if (request_.operatorDid && machines_.empty()) {
      trail_.reach({.block = chain.head.number, .hash = chain.head.hash});
    } else {
      co_await readRange(machines_, trail_.next(), chain.head.number, false);
    }
  }
  co_await recorder_.record({}, state());
  co_return news_;
}

// `older`: blocks that the trail has passed. None of `machines` is all of them.
Task<bool> EventWatch::readRange(Machines machines, std::uint64_t first, std::uint64_t last, bool older) {
  evm::LogReader reader(rpc_, target_.registry);
  const bool byTopic = machines.size() <= kMachinesByTopic;
  const std::vector<evm::U256> asked =
      byTopic ? std::vector<evm::U256>(machines.begin(), machines.end()) : std::vector<evm::U256>();
  while (first <= last && !recorder_.isFull()) {
    std::vector<evm::RpcCall> more;
    const std::optional<Hash256> tip = trail_.tip() ? std::optional(trail_.tip()->hash) : std::nullopt;
    if (tip) more.push_back(evm::headerCall(trail_.tip()->block));
    const evm::LogRange range = co_await reader.read(peaq::submittedTopics(asked), first, last, std::move(more));
    if (!range.end) co_return false;
    const auto header = tip ? evm::headerFrom(range.more[0]) : std::nullopt;
    if (tip && (!header || header->hash != *tip)) co_return false;
    std::vector<peaq::EventLog> logs;
    for (const Json& entry : range.logs) {
      auto log = peaq::eventLogFrom(entry);
      if (log && (machines.empty() || machines.contains(log->machineId))) logs.push_back(std::move(*log));
    }
    std::ranges::sort(logs, {}, [](const peaq::EventLog& log) { return std::pair(log.block, log.index); });
    if (!co_await writeOut(std::move(logs), *range.end, older)) co_return false;
    if (!older && !recorder_.isFull()) {
      trail_.reach({.block = range.end->number, .hash = range.end->hash});
      co_await recorder_.record({}, state());
    }
    first = range.last + 1;
  }
  co_return true;
}

// Writes the lines of each block, once the block is known to be the chain's.
Task<bool> EventWatch::writeOut(std::vector<peaq::EventLog> logs, evm::BlockHeader end, bool older) {
  for (std::size_t at = 0; at < logs.size() && !recorder_.isFull();) {
    // As many whole blocks as come to so many events.
    std::size_t stop = std::min(at + kEventsAtOnce, logs.size());
    while (stop < logs.size() && logs[stop].block == logs[stop - 1].block) ++stop;
    std::vector<evm::RpcCall> calls{evm::headerCall(end.number)};
    for (std::size_t i = at; i < stop; ++i) {
      calls.push_back(evm::headerCall(logs[i].block));
      calls.push_back(peaq::storedEventCall(target_.registry, logs[i]));
    }
    const auto replies = co_await rpc_.read(std::move(calls));
    const auto last = evm::headerFrom(replies[0]);
    if (!last || last->hash != end.hash) co_return false;
    for (const std::size_t first = at; at < stop && !recorder_.isFull();) {
      Checkpoint checkpoint{.block = logs[at].block, .hash = logs[at].blockHash};
      std::vector<Json> lines;
      for (; at < stop && logs[at].block == checkpoint.block; ++at) {
        const auto header = evm::headerFrom(replies[1 + 2 * (at - first)]);
        if (!header || header->hash != logs[at].blockHash) co_return false;
        lines.push_back(lineOf(logs[at], *header, peaq::storedEventFrom(replies[2 + 2 * (at - first)])));
        checkpoint.lines.push_back(std::to_string(logs[at].index));
      }
      news_ = true;
      older ? trail_.addOlder(std::move(checkpoint)) : trail_.reach(std::move(checkpoint));
      co_await recorder_.record(std::move(lines), state());
    }
  }
  co_return true;
}

}  // namespace

Task<void> watchEvents(WatchEventsRequest request, LineSink sink, Caller caller) {
  Json subject{{"machines", Json::array()}, {"operator", nullptr}};
  std::optional<evm::U256> largest;
  for (std::string& id : request.machineIds) {
    const auto number = peaq::v2::parseMachineId(id);
    if (!number) {
      throw inputError("BAD_FIELD", caller.fieldName("machine-id") + " is '" + printable(id) + "'",
                       "Give the machine's number in decimal digits");
    }
    largest = std::max(largest.value_or(evm::U256()), *number);
    subject["machines"].push_back(id);
  }
  if (request.operatorDid) subject["operator"] = peaq::checkDid(*request.operatorDid);
  const auto session = co_await Session::open(caller);
  evm::RpcClient rpc = session->rpc();
  EventTarget target = co_await findEventTarget(*session, rpc, largest);
  subject["registry"] = evm::toChecksum(target.registry);
  subject["chain_id"] = evm::uint64Of((co_await rpc.read({evm::chainIdCall()}))[0], "the chain id");
  const auto recorder = co_await Recorder::open(caller, session->configuration, request.options, "events",
                                                std::move(subject), std::move(sink));
  EventWatch watch(*session, caller.host.clock, rpc, std::move(target), std::move(request), *recorder);
  watch.restore();
  co_await follow(caller, *recorder, chainPace(), Looking<EventWatch>{watch});
}

}  // namespace peaqos::app
