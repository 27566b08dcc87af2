// SPDX-License-Identifier: Apache-2.0
#include "app/events/submit_events.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "app/events/event_sender.hpp"
#include "app/events/event_target.hpp"
#include "app/events/known_event.hpp"
#include "app/events/reconcile.hpp"
#include "app/events/submit_event.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/session.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"
#include "peaq/preflight.hpp"

namespace peaqos::app {
namespace {

constexpr std::uint64_t kAssumedLineGas = 250'000;  // of an event that cannot be estimated
constexpr std::uint64_t kAssumedBlockGas = 10'000'000;

// The records of one reading of the input.
struct Input {
  std::unique_ptr<ByteSource> source;
  RecordReader records;

  static std::unique_ptr<Input> open(const EventsRequest& request, host::Host& host) {
    std::unique_ptr<ByteSource> source;
    if (request.file == "-") {
      source = std::make_unique<InputSource>(host.terminal);
    } else {
      source = std::make_unique<FileSource>(host.files, request.file);
    }
    const auto format = request.format ? request.format : formatOf(request.file);
    RecordReader records(*source, format, eventColumns(), kRequiredColumns);
    return std::make_unique<Input>(Input{.source = std::move(source), .records = std::move(records)});
  }
};

void count(LineStatus status, EventsSummary& summary) {
  switch (status) {
    case LineStatus::Confirmed: ++summary.earlier; break;
    case LineStatus::Invalid: ++summary.invalid; break;
    case LineStatus::Duplicate: ++summary.duplicates; break;
    case LineStatus::Pending: ++summary.pending; break;
    case LineStatus::Rejected: ++summary.rejected; break;
  }
}

// What a whole reading of a file comes to before anything is sent.
struct Survey {
  EventsSummary summary;
  std::set<evm::U256> machines;  // of the lines to be sent
  Bytes firstCall;               // of those
};

// `bad`: takes the lines that are invalid or repeat others; null to count alone.
Task<Survey> survey(const EventsRequest& request, LineJudge judge, EventResults* bad, Caller caller) {
  Survey out;
  const auto input = Input::open(request, caller.host);
  while (true) {
    if (bad && input->records.dry()) co_await bad->flush();
    auto record = co_await input->records.next();
    if (!record) break;
    const EventLine line = co_await readEventLine(std::move(*record), caller);
    ++out.summary.lines;
    const auto result = judge.judge(line);
    if (!result) {
      ++out.summary.sent;
      out.machines.insert(line.machineId);
      if (!line.currency.empty()) out.summary.revenue[line.currency] = out.summary.revenue[line.currency] + line.value;
      if (out.firstCall.empty()) out.firstCall = line.call;
      continue;
    }
    count(result->status, out.summary);
    const bool isBad = result->status == LineStatus::Invalid || result->status == LineStatus::Duplicate;
    if (bad && isBad) bad->add(*result);
  }
  out.summary.machines = out.machines.size();
  if (bad) co_await bad->flush();
  co_return out;
}

// Lines that the chain has in one transaction.
struct Reconciled {
  std::uint64_t block = 0;
  std::vector<LineKey> keys = {};
  std::vector<peaq::CallResult> results = {};
};

// One run: what its steps share.
class EventsRun {
 public:
  EventsRun(EventsRequest request, EventResults& results, Caller& caller, Session& session, evm::Signer& signer,
            EventTarget target)
      : request_(std::move(request)),
        results_(results),
        caller_(caller),
        signer_(signer),
        target_(std::move(target)),
        rpc_(session.rpc()),
        ledger_(session.ledger()),
        outbox_(session.outbox(rpc_, ledger_, {}, eventErrors(target_.deployment.generation))),
        patience_(session.configuration.receiptTimeout()) {
    summary_.currency = std::string(target_.deployment.currency);
  }

  Task<EventsSummary> run() {
    co_await lookAround();
    co_await settleEarlier();
    co_await known_.read(ledger_, sender_.chainId, sender_.signer);
    if (request_.reconcileFrom) co_await reconcile(*request_.reconcileFrom);
    if (request_.file != "-" && (!request_.yes || request_.strict)) co_await surveyAndAsk();
    co_await signer_.unlock();
    co_await send(nullptr);
    co_return std::move(summary_);
  }

  Task<Plan> plan() {
    Plan plan{.command = "qualify events", .signer = signer_.address()};
    co_await lookAround();
    plan.chainId = sender_.chainId;
    co_await readOpen(plan);
    co_await known_.read(ledger_, sender_.chainId, sender_.signer);
    const auto balance = co_await rpc_.read({evm::balanceCall(signer_.address())});
    plan.read("balance", evm::toChecksum(signer_.address()), evm::quantityOf(balance[0], "the balance").toDecimal());
    co_await send(&plan);
    refuseInvalid(summary_);
    plan.read("lines", request_.file,
              {{"lines", summary_.lines},
               {"earlier", summary_.earlier},
               {"duplicates", summary_.duplicates},
               {"invalid", summary_.invalid},
               {"rejected", summary_.rejected},
               {"pending", summary_.pending}});
    co_return plan;
  }

 private:
  // What an earlier run left under way stays so: its lines are pending.
  Task<void> readOpen(Plan& plan) {
    for (const ledger::Row& row : co_await outbox_.openRows(signer_.address())) {
      if (!isOurs(row)) continue;
      plan.read("earlier_write", row.transaction->hash, {{"step", row.step}, {"status", "pending"}});
      for (const LineKey& key : keysIn(row.facts)) known_.add(key, {.hash = row.transaction->hash, .pending = true});
    }
  }

  // The chain, its contracts, and what a block can hold.
  Task<void> lookAround() {
    const peaq::NamedContract registry[] = {target_.named()};
    std::vector<evm::RpcCall> calls = peaq::preflightCalls(registry);
    const std::size_t own = calls.size();
    calls.push_back(evm::codeCall(target_.batchPrecompile));
    calls.push_back(evm::latestBlockCall());
    const auto replies = co_await rpc_.read(std::move(calls));
    sender_ = {.chainId = peaq::checkPreflight(replies, registry, target_.deployment),
               .signer = signer_.address(),
               .registry = target_.registry};
    outbox_.useChain(sender_.chainId);
    settings_ = {.registry = target_.registry,
                 .generation = target_.deployment.generation,
                 .blockGas = kAssumedBlockGas,
                 .batch = request_.batch,
                 .inFlight = request_.inFlight,
                 .maxTotalFee = request_.maxTotalFee,
                 .depth = {.confirmations = request_.confirmations, .finality = request_.finality},
                 .patience = patience_};
    if (!evm::dataOf(replies[own], "the code of BATCH_PRECOMPILE_ADDRESS").empty()) {
      settings_.precompile = target_.batchPrecompile;
    }
    const auto limit =
        evm::U256::fromQuantity(textOrEmpty(evm::valueOf(replies[own + 1], "the latest block"), "gasLimit"));
    if (limit && limit->toUint64()) settings_.blockGas = *limit->toUint64();
  }

  // What an earlier run left under way ends first: its lines are then on the chain, or free to be sent again.
  Task<void> settleEarlier() {
    std::vector<ledger::Row> rows = co_await outbox_.openRows(signer_.address());
    for (ledger::Row& row : rows) {
      if (isOurs(row)) co_await settle(std::move(row));
    }
  }

  static bool isOurs(const ledger::Row& row) {
    return row.step == kSubmitEventsStep ||
           (row.step == kSubmitEventStep && !textOrEmpty(row.facts, kIdempotencyKey).empty());
  }

  Task<void> settle(ledger::Row row) {
    const Json facts = row.facts;
    const std::string hash = row.transaction->hash;
    std::optional<Error> failure;
    try {
      const auto mined = co_await settleForGood(std::move(row));
      if (mined) co_await outbox_.confirm(*mined, closingFacts(facts, mined->receipt));
    } catch (const evm::RevertError&) {
      co_return;  // its row is closed, and its lines are free
    } catch (const Error& error) {
      failure = error;
    }
    if (!failure) co_return;
    if (failure->code != "RECEIPT_PENDING" && failure->code != "BROADCAST_UNKNOWN") throw Error(*failure);
    for (const LineKey& key : keysIn(facts)) known_.add(key, {.hash = hash, .pending = true});
  }

  // As Outbox::settle(), and waits until the transaction's block is deep enough.
  Task<std::optional<evm::Mined>> settleForGood(ledger::Row row) {
    DepthPatience patience(caller_.host.clock, patience_);
    while (true) {
      auto mined = co_await outbox_.settle(row, &signer_);
      if (!mined || settings_.depth.isImmediate()) co_return mined;
      const auto replies = co_await rpc_.read({settings_.depth.call()});
      const auto sure = settings_.depth.sureBlock(replies[0]);
      if (sure && mined->receipt.block <= *sure) co_return mined;
      patience.note(sure);
      if (patience.isOver()) {
        throw networkError("RECEIPT_PENDING", "transaction " + row.transaction->hash + " is not deep enough yet",
                           "Run the same command again later");
      }
      co_await patience.wait();
    }
  }

  // Lines that the chain has and the ledger has not get rows of their own before anything is sent.
  Task<void> reconcile(std::uint64_t fromBlock) {
    ChainEvents events(rpc_, sender_, target_.batchPrecompile);
    std::set<evm::U256> machines = (co_await survey(request_, LineJudge(sender_, &known_), nullptr, caller_)).machines;
    co_await events.read(std::move(machines), fromBlock);
    LineJudge judge(sender_, &known_);
    const auto input = Input::open(request_, caller_.host);
    std::map<std::string, Reconciled> found;  // by transaction
    while (auto record = co_await input->records.next()) {
      const EventLine line = co_await readEventLine(std::move(*record), caller_);
      if (judge.judge(line)) continue;
      const auto place = events.take(line);
      if (!place) continue;
      Reconciled& of = found[place->hash];
      of.block = place->block.value_or(0);
      of.keys.push_back(judge.keyOf(line));
      of.results.push_back({true, place->eventIndex});
    }
    std::vector<ledger::Row> rows;
    for (auto& [hash, each] : found) {
      Json facts = factsOf(factsOf(each.keys), each.block, each.results);
      facts["tx_hash"] = hash;
      facts["reconciled"] = true;
      for (std::size_t i = 0; i < each.keys.size(); ++i) {
        known_.add(each.keys[i], {.hash = hash, .block = each.block, .eventIndex = each.results[i].eventIndex});
      }
      rows.push_back({.step = kSubmitEventsStep, .status = ledger::Status::Confirmed, .facts = std::move(facts)});
    }
    if (!rows.empty()) co_await ledger_.append(std::move(rows));
    caller_.conversation.progress(
        {.name = "events", .state = "reconciled", .facts = {{"found", known_.size()}, {"on_chain", events.size()}}});
  }

  std::vector<LineKey> keysIn(const Json& facts) const {
    const std::string id = textOrEmpty(facts, kIdempotencyKey);
    return id.empty() ? keysOf(facts) : std::vector{keyOfId(id, sender_.chainId, sender_.signer)};
  }

  Json closingFacts(const Json& facts, const evm::Receipt& receipt) const {
    const std::size_t lines = keysOf(facts).size();
    if (lines == 0) return facts;
    auto results = peaq::batchResults(receipt, target_.batchPrecompile, target_.registry, lines);
    const bool single = lines == 1 && std::ranges::none_of(receipt.logs, [&](const evm::Log& log) {
                          return log.emitter == target_.batchPrecompile;
                        });
    if (single) results = {peaq::callResult(receipt, target_.registry)};
    return factsOf(facts, receipt.block, results);
  }

  Task<void> surveyAndAsk() {
    const Survey found =
        co_await survey(request_, LineJudge(sender_, &known_), request_.strict ? &results_ : nullptr, caller_);
    refuseInvalid(found.summary);
    lines_ = found.summary.lines;
    if (request_.yes || found.summary.sent == 0) co_return;
    co_await measure(found.firstCall);
    const evm::Prices prices = co_await evm::readPrices(rpc_);
    const evm::U256 fee = prices.expected * evm::U256(settings_.lineGas) * evm::U256(found.summary.sent);
    const bool agreed = co_await host::confirm(
        caller_.conversation,
        {.name = "send_events",
         .text = "Send " + std::to_string(found.summary.sent) + " events of " + std::to_string(found.summary.machines) +
                 " machines from " + evm::toChecksum(signer_.address()) + ", for fees of about " +
                 evm::formatUnitsUp(fee, 18, 4) + " " + summary_.currency + "? (" +
                 std::to_string(found.summary.earlier) + " on the chain already, " +
                 std::to_string(found.summary.invalid) + " invalid, " + std::to_string(found.summary.duplicates) +
                 " duplicates)",
         .instead = "Add -y to send without asking",
         .personOnly = true,
         .facts = {{"events", found.summary.sent},
                   {"machines", found.summary.machines},
                   {"revenue", revenueOf(found.summary)},
                   {"from", evm::toChecksum(signer_.address())},
                   {"fee_wei", fee.toDecimal()},
                   {"currency", summary_.currency},
                   {"earlier", found.summary.earlier},
                   {"invalid", found.summary.invalid},
                   {"duplicates", found.summary.duplicates}}});
    if (!agreed) throw inputError("DECLINED", "Aborted! Nothing was sent");
  }

  void refuseInvalid(const EventsSummary& found) const {
    if (!request_.strict || found.invalid == 0) return;
    throw inputError(
        "INVALID_LINES",
        std::to_string(found.invalid) + " of " + std::to_string(found.lines) + " lines are invalid; nothing was sent",
        "Mend them, or leave out --strict to send the others");
  }

  // What an event costs by itself: in a batch it costs less.
  Task<void> measure(Bytes call) {
    const evm::Intent intent{.step = {}, .to = settings_.registry, .value = {}, .data = std::move(call)};
    const evm::RpcCall estimate{"eth_estimateGas", Json::array({evm::callObject(intent, signer_.address()), "latest"})};
    const auto replies = co_await rpc_.read({estimate});
    const auto* gas = std::get_if<Json>(replies.data());
    const auto quantity = gas && gas->is_string() ? evm::U256::fromQuantity(gas->get<std::string>()) : std::nullopt;
    const auto units = quantity ? quantity->toUint64() : std::nullopt;
    settings_.lineGas = std::clamp<std::uint64_t>(units.value_or(kAssumedLineGas), 1, settings_.blockGas);
  }

  // How many lines there are, where that can be known: a stream may go on for ever.
  Task<void> countLines() {
    if (request_.file == "-" || lines_) co_return;
    const auto input = Input::open(request_, caller_.host);
    lines_ = co_await input->records.count();
  }

  void tell(const char* state = "progress") {
    const std::uint64_t settled = summary_.sent + summary_.earlier + summary_.rejected + summary_.invalid +
                                  summary_.duplicates + summary_.pending;
    caller_.conversation.progress({.name = "events",
                                   .state = state,
                                   .facts = {{"done", settled},
                                             {"of", lines_ ? Json(*lines_) : Json(nullptr)},
                                             {"sent", summary_.sent},
                                             {"rejected", summary_.rejected},
                                             {"fees_wei", summary_.fees.toDecimal()},
                                             {"currency", summary_.currency}}});
  }

  // `plan`: takes what would be sent, in place of sending it; null to send.
  Task<void> send(Plan* plan) {
    constexpr std::uint64_t kTellEvery = 1000;  // lines of which nothing is sent
    if (!plan) co_await countLines();
    if (!plan) tell();
    LineJudge judge(sender_, &known_);
    const auto input = Input::open(request_, caller_.host);
    std::unique_ptr<EventSender> sender;
    for (bool more = true, going = true; going && (more || (sender && !sender->empty()));) {
      while (more && !(sender && sender->full())) {
        const bool dry = input->records.dry();
        if (dry && sender && sender->empty() && sender->unsure()) co_await sender->settleDepth();
        if (dry && sender && !sender->empty()) break;  // nobody waits for lines that may never come
        if (dry) co_await results_.flush();
        auto record = co_await input->records.next();
        more = record.has_value();
        if (!record) break;
        EventLine line = co_await readEventLine(std::move(*record), caller_);
        ++summary_.lines;
        if (const auto result = judge.judge(line)) {
          count(result->status, summary_);
          results_.add(*result);
          if (!plan && summary_.lines % kTellEvery == 0) tell();
          continue;
        }
        if (!sender) sender = co_await makeSender(line.call);
        const LineKey key = judge.keyOf(line);
        sender->add(std::move(line), key);
      }
      if (!sender || sender->empty()) continue;
      if (plan) {
        co_await sender->plan(*plan, target_.contracts());
      } else {
        going = co_await sender->advance();
        tell();
      }
      const bool last = !more && sender->empty();
      if (last && going && sender->unsure()) co_await sender->settleDepth();
    }
    if (sender && sender->unsure()) co_await sender->settleDepth();
    co_await results_.flush();
    if (!plan) tell("ended");
  }

  Task<std::unique_ptr<EventSender>> makeSender(Bytes call) {
    if (settings_.lineGas == 0) co_await measure(std::move(call));
    co_return std::make_unique<EventSender>(SenderTools{.rpc = rpc_,
                                                        .outbox = outbox_,
                                                        .signer = signer_,
                                                        .known = known_,
                                                        .results = results_,
                                                        .conversation = caller_.conversation,
                                                        .summary = summary_,
                                                        .clock = caller_.host.clock},
                                            settings_);
  }

  const EventsRequest request_;
  EventResults& results_;
  Caller& caller_;
  evm::Signer& signer_;
  const EventTarget target_;
  evm::RpcClient rpc_;
  ledger::Ledger ledger_;
  evm::Outbox outbox_;
  const std::chrono::milliseconds patience_;
  Sender sender_;
  SenderSettings settings_ = {};
  KnownLines known_;
  EventsSummary summary_;
  std::optional<std::uint64_t> lines_ = {};  // of the whole input
};

// For plans: what becomes of lines is counted, not told.
class NoResults : public EventResults {
 public:
  void add(const LineResult& /*result*/) override {}
  Task<void> flush() override { co_return; }
};

}  // namespace

const char* name(LineStatus status) {
  switch (status) {
    case LineStatus::Confirmed: return "confirmed";
    case LineStatus::Rejected: return "rejected";
    case LineStatus::Invalid: return "invalid";
    case LineStatus::Duplicate: return "duplicate";
    case LineStatus::Pending: return "pending";
  }
  return "pending";
}

Json revenueOf(const EventsSummary& summary) {
  Json revenue = Json::object();
  for (const auto& [currency, value] : summary.revenue) revenue[currency] = value.toDecimal();
  return revenue;
}

Json toJson(const LineResult& result) {
  const auto textOrNull = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  const auto numberOrNull = [](std::optional<std::uint64_t> number) { return number ? Json(*number) : Json(nullptr); };
  return {{"line", result.line},
          {"id", textOrNull(result.id)},
          {"status", name(result.status)},
          {"tx_hash", textOrNull(result.hash)},
          {"block", numberOrNull(result.block)},
          {"index", numberOrNull(result.eventIndex)},
          {"reason", textOrNull(result.reason)}};
}

Task<EventsSummary> submitEvents(EventsRequest request, EventResults& results, Caller caller) {
  if (request.check) co_return (co_await survey(request, LineJudge({}, nullptr), &results, caller)).summary;
  if (request.file == "-" && !request.yes) {
    throw inputError("NO_CONSENT",
                     "the events come from standard input, so that nobody can be asked before they are sent",
                     "Add -y to send without asking, or --check to send nothing");
  }
  if (request.file == "-" && request.strict) {
    throw inputError("USAGE", "--strict reads all lines before it sends the first, which standard input does not allow",
                     "Write the events to a file first");
  }
  if (request.file == "-" && request.reconcileFrom) {
    throw inputError("USAGE",
                     "--reconcile-from reads all lines before it sends the first, which standard input does "
                     "not allow",
                     "Write the events to a file first");
  }
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  const IntentLock lock =
      co_await lockIntent(caller, session->configuration, "events " + evm::toChecksum(signer->address()));
  evm::RpcClient rpc = session->rpc();
  EventTarget target = co_await findEventTarget(*session, rpc, {});
  EventsRun run(std::move(request), results, caller, *session, *signer, std::move(target));
  co_return co_await run.run();
}

Task<Plan> planEvents(EventsRequest request, Caller caller) {
  if (request.file == "-") {
    throw inputError("USAGE", "--plan reads all lines without sending one, and standard input can be read only once",
                     "Write the events to a file first");
  }
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  NoResults results;
  evm::RpcClient rpc = session->rpc();
  EventTarget target = co_await findEventTarget(*session, rpc, {});
  EventsRun run(std::move(request), results, caller, *session, *signer, std::move(target));
  co_return co_await run.plan();
}

}  // namespace peaqos::app
