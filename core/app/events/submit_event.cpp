// SPDX-License-Identifier: Apache-2.0
#include "app/events/submit_event.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/events/event_check.hpp"
#include "app/events/event_target.hpp"
#include "app/events/known_event.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "evm/outbox.hpp"
#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/machine_state.hpp"

namespace peaqos::app {
namespace {

// Ids of the second generation are texts: they have more digits than numbers of JSON can be relied on to keep.
Json idJson(const evm::U256& id, bool second) { return second ? Json(id.toDecimal()) : evm::toJson(id); }

Json eventFacts(const peaq::Event& event, const SubmitEventRequest& request, bool second) {
  Json facts{{"machine_id", idJson(event.machineId, second)},
             {"event_type", request.type},
             {"value", evm::toJson(event.value)},
             {"currency", event.currency},
             {"timestamp", event.timestamp},
             {"data_hash", toHex0x(event.dataHash)}};
  if (request.idempotencyKey) facts[kIdempotencyKey] = *request.idempotencyKey;
  return facts;
}

// A time later than both the chain's and the host's clock is a slip of the user; between them the chain decides.
void refuseFuture(const peaq::Event& event, const Json& block, host::Clock& clock, const std::string& field) {
  const Json* member = findMember(block, "timestamp");
  const auto quantity =
      member && member->is_string() ? evm::U256::fromQuantity(member->get<std::string>()) : std::nullopt;
  const std::uint64_t blockTime = quantity ? quantity->toUint64().value_or(0) : 0;
  const auto hostTime = static_cast<std::uint64_t>(clock.now() / 1'000'000);
  if (event.timestamp <= blockTime || event.timestamp <= hostTime) return;
  throw inputError(
      "BAD_FIELD", field + " is in the future: " + formatTime(static_cast<std::int64_t>(event.timestamp)),
      "An event must not be later than the latest block, " + formatTime(static_cast<std::int64_t>(blockTime)));
}

evm::Intent intentOf(const peaq::Event& event, const SubmitEventRequest& request, const EventTarget& target) {
  return {.step = kSubmitEventStep,
          .to = target.registry,
          .value = {},
          .data = peaq::submitEventCalldata(event),
          .facts = eventFacts(event, request, target.isSecond()),
          .function = std::string(peaq::kSubmitEvent),
          .arguments = peaq::submitEventArguments(event),
          .identity = request.idempotencyKey.value_or(std::string())};
}

// Equal events wait for each other; with a key, all that have the key do.
std::string lockName(const evm::Intent& intent, const evm::Address& signer) {
  const std::string content = intent.identity.empty() ? toHex(intent.data) : "key " + intent.identity;
  return "event " + evm::toChecksum(signer) + " " + content;
}

Error refused(const evm::RevertError& error, const peaq::Event& event, const Caller& caller, bool second) {
  const std::string what = "event for machine " + event.machineId.toDecimal();
  if (second) return peaq::v2::errorFrom(error, what);
  return networkError(
      error.code, what + " refused: " + peaq::meaningOf(error),
      error.code == "MachineNotFound" ? "Check " + caller.fieldName("machine-id") : peaq::hintFor(error.revert));
}

// One submission: what its steps share.
class Submission {
 public:
  Submission(Session& session, Caller& caller, const peaq::Event& event, evm::Intent intent, evm::Signer& signer,
             EventTarget target)
      : caller_(caller),
        event_(event),
        intent_(std::move(intent)),
        signer_(signer),
        target_(std::move(target)),
        registry_{{target_.named()}},
        rpc_(session.rpc()),
        ledger_(session.ledger()),
        outbox_(session.outbox(rpc_, ledger_, {}, eventErrors(target_.deployment.generation))) {}

  Task<SubmittedEvent> run(std::string since) {
    if (!intent_.identity.empty()) {
      if (auto known = co_await findByKey(ledger_, intent_.identity, signer_.address(), target_.deployment.chainId)) {
        if (auto earlier = co_await resultOf(std::move(*known))) co_return std::move(*earlier);
      } else if (const auto hash = co_await sentByFile()) {
        caller_.conversation.progress({.name = "earlier_write",
                                       .state = "known",
                                       .facts = {{"idempotency_key", intent_.identity}, {"tx_hash", *hash}}});
        co_return SubmittedEvent{event_, *fromHexExactly<32>(*hash), true};
      }
    }
    std::optional<evm::RevertError> reverted;
    try {
      evm::Mined mined = co_await outbox_.send(intent_, signer_, preflight(), policy(std::move(since)));
      if (!mined.recorded) co_await outbox_.confirm(mined, intent_.facts);
      co_return SubmittedEvent{event_, mined.receipt.transaction, mined.earlier, target_.isSecond()};
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    throw refused(*reverted, event_, caller_, target_.isSecond());
  }

  Task<evm::Transaction> prepare() {
    std::optional<evm::RevertError> reverted;
    try {
      co_return co_await outbox_.prepare(intent_, signer_.address(), preflight());
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    throw refused(*reverted, event_, caller_, target_.isSecond());
  }

  Task<Plan> plan() {
    Plan plan{.command = "qualify event", .signer = signer_.address()};
    std::optional<KnownEvent> known;
    if (!intent_.identity.empty()) {
      known = co_await findByKey(ledger_, intent_.identity, signer_.address(), target_.deployment.chainId);
    }
    if (!known && !intent_.identity.empty()) {
      if (const auto hash = co_await sentByFile()) {
        plan.read("idempotency_key", intent_.identity, {{"status", "confirmed"}, {"tx_hash", *hash}});
        co_return plan;
      }
    }
    if (known) {
      const auto replies = co_await rpc_.read(peaq::preflightCalls(registry_));
      plan.chainId = peaq::checkPreflight(replies, registry_, target_.deployment);
      plan.read("idempotency_key", intent_.identity,
                {{"status", known->hash ? "confirmed" : "pending"},
                 {"tx_hash", known->hash.value_or(known->pending.transaction->hash)}});
      co_return plan;
    }
    evm::Preflight reads = preflight();
    reads.check = [&plan, check = std::move(reads.check)](auto replies, const Json& block) {
      plan.chainId = check(replies, block);
      return *plan.chainId;
    };
    evm::Rehearsal rehearsal = co_await outbox_.rehearse({intent_}, signer_.address(), std::move(reads));
    plan.read("balance", evm::toChecksum(signer_.address()), rehearsal.balance.toDecimal());
    if (const auto open = co_await openEqual(*plan.chainId)) {
      plan.read("earlier_write", *open, {{"step", intent_.step}, {"status", "pending"}});
      co_return plan;
    }
    const auto& only = rehearsal.transactions[0];
    if (const auto* reverted = std::get_if<evm::RevertError>(&only))
      throw refused(*reverted, event_, caller_, target_.isSecond());
    if (const auto* error = std::get_if<Error>(&only)) throw Error(*error);
    plan.transactions.push_back(plannedTransaction(intent_, std::get<evm::RehearsedTransaction>(only),
                                                   signer_.address(), plan, target_.contracts(),
                                                   target_.deployment.currency));
    co_return plan;
  }

 private:
  // The transaction of a file of events that had a line with this key.
  Task<std::optional<std::string>> sentByFile() {
    std::uint64_t chainId = target_.deployment.chainId;
    if (chainId == 0) {
      const auto replies = co_await rpc_.read({evm::chainIdCall()});
      chainId = evm::uint64Of(replies[0], "the chain id");
    }
    co_return co_await findInFiles(ledger_, intent_.identity, signer_.address(), chainId);
  }

  // The transaction under way that the event would be taken for.
  Task<std::optional<std::string>> openEqual(std::uint64_t chainId) {
    const std::string hash = evm::intentHash(intent_, chainId, signer_.address());
    for (const ledger::Row& row : co_await outbox_.openRows(signer_.address())) {
      if (row.transaction->intent == hash) co_return row.transaction->hash;
    }
    co_return std::nullopt;
  }

  // One request tells everything: the chain, the contract, the clock, and whether the event would go through.
  evm::Preflight preflight() {
    std::vector<evm::RpcCall> calls = peaq::preflightCalls(registry_);
    const std::size_t own = calls.size();
    if (target_.roles) {
      std::ranges::move(peaq::v2::stateCalls(*target_.roles, event_.machineId), std::back_inserter(calls));
    }
    return {.calls = std::move(calls), .check = [this, own](std::span<const evm::RpcReply> replies, const Json& block) {
              const std::uint64_t chainId = peaq::checkPreflight(replies.first(own), registry_, target_.deployment);
              if (target_.roles) checkMachine(peaq::v2::stateFrom(replies.subspan(own), event_.machineId));
              refuseFuture(event_, block, caller_.host.clock, caller_.fieldName("ts"));
              return chainId;
            }};
  }

  // What the second generation's registry would refuse, in words that name who and what.
  void checkMachine(const peaq::v2::MachineState& machine) const {
    using peaq::v2::SubscriptionStatus;
    const std::string who = "machine " + machine.id.toDecimal();
    if (!machine.owner) throw peaq::v2::absence(machine);
    if (machine.relocating || !machine.homedLocally) {
      throw networkError("MACHINE_HOMED_ELSEWHERE", who + " is on another chain or on its way there; nothing was sent",
                         "Submit its events there");
    }
    if (!machine.isRunBy(signer_.address())) {
      throw networkError("NOT_OWNER_OR_CONTROLLER",
                         evm::toChecksum(signer_.address()) + " is neither the owner nor the controller of " + who +
                             "; nothing was sent",
                         "Sign with the key of one of them");
    }
    if (machine.status == SubscriptionStatus::Active || machine.status == SubscriptionStatus::Grace) return;
    throw inputError("SUBSCRIPTION_NOT_ELIGIBLE",
                     "the subscription of " + who + " is " + std::string(name(machine.status)) +
                         ", and events need one that is active or in grace; nothing was sent",
                     "Renew it: peaqos machine subscription renew " + machine.id.toDecimal());
  }

  evm::Policy policy(std::string since) const {
    constexpr std::int64_t kNoticeFor = 3'600'000'000;  // microseconds
    return {.joinEqual = true,
            .equalSince = std::move(since),
            .noticeSince = formatMicroseconds(caller_.host.clock.now() - kNoticeFor),
            .resendReplaced = true};
  }

  // What became of the event that has this key; std::nullopt if another transaction took its nonce, so that it can be
  // sent again.
  Task<std::optional<SubmittedEvent>> resultOf(KnownEvent known) {
    const ledger::SignedRow& sent = *known.pending.transaction;
    const bool same = sent.intent == evm::intentHash(intent_, sent.chainId, signer_.address());
    caller_.conversation.progress({.name = "earlier_write",
                                   .state = same ? "known" : "known_otherwise",
                                   .facts = {{"idempotency_key", intent_.identity}, {"tx_hash", sent.hash}}});
    if (known.hash) co_return SubmittedEvent{event_, *fromHexExactly<32>(*known.hash), true, target_.isSecond()};
    const auto replies = co_await rpc_.read(peaq::preflightCalls(registry_));
    outbox_.useChain(peaq::checkPreflight(replies, registry_, target_.deployment));
    Json facts = known.pending.facts;
    auto mined = co_await outbox_.settle(std::move(known.pending), &signer_);
    if (!mined) co_return std::nullopt;
    co_await outbox_.confirm(*mined, std::move(facts));
    co_return SubmittedEvent{event_, mined->receipt.transaction, true, target_.isSecond()};
  }

  Caller& caller_;
  const peaq::Event& event_;
  const evm::Intent intent_;
  evm::Signer& signer_;
  const EventTarget target_;
  const std::array<peaq::NamedContract, 1> registry_;
  evm::RpcClient rpc_;
  ledger::Ledger ledger_;
  evm::Outbox outbox_;
};

}  // namespace

Task<SubmittedEvent> submitEvent(SubmitEventRequest request, Caller caller) {
  const peaq::Event event = checkEvent(request, caller);
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  evm::RpcClient rpc = session->rpc();
  const EventTarget target = co_await findEventTarget(*session, rpc, event.machineId);
  evm::Intent intent = intentOf(event, request, target);
  const IntentLock lock = co_await lockIntent(caller, session->configuration, lockName(intent, signer->address()));
  Submission submission(*session, caller, event, std::move(intent), *signer, target);
  co_return co_await submission.run(lock.since);
}

Task<UnsignedTransaction> prepareEvent(SubmitEventRequest request, Caller caller, Session& session) {
  const peaq::Event event = checkEvent(request, caller);
  const std::unique_ptr<evm::Signer> signer = co_await session.signer();
  evm::RpcClient rpc = session.rpc();
  const EventTarget target = co_await findEventTarget(session, rpc, event.machineId);
  Submission submission(session, caller, event, intentOf(event, request, target), *signer, target);
  co_return UnsignedTransaction{.from = signer->address(),
                                .transaction = co_await submission.prepare(),
                                .idempotencyKey = std::move(request.idempotencyKey)};
}

Task<Json> writeUnsignedEvent(SubmitEventRequest request, std::string file, Caller caller) {
  const auto session = co_await Session::open(caller);
  UnsignedTransaction prepared = co_await prepareEvent(std::move(request), caller, *session);
  if (prepared.idempotencyKey) {
    ledger::Ledger ledger = session->ledger();
    const std::uint64_t chain = prepared.transaction.chainId;
    if (const auto known = co_await findByKey(ledger, *prepared.idempotencyKey, prepared.from, chain)) {
      throw inputError("KEY_USED",
                       "this idempotency key was used before, for transaction " + known->pending.transaction->hash,
                       "Leave --unsigned out to see what became of it");
    }
  }
  co_return co_await writeUnsigned(std::move(prepared), std::move(file), caller);
}

Task<Plan> planEvent(SubmitEventRequest request, Caller caller) {
  const peaq::Event event = checkEvent(request, caller);
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  evm::RpcClient rpc = session->rpc();
  const EventTarget target = co_await findEventTarget(*session, rpc, event.machineId);
  evm::Intent intent = intentOf(event, request, target);
  Submission submission(*session, caller, event, std::move(intent), *signer, target);
  co_return co_await submission.plan();
}

Json toJson(const SubmittedEvent& result) {
  const auto word = [](std::span<const peaq::Choice> choices, std::uint64_t code) {
    for (const peaq::Choice& choice : choices) {
      if (choice.code == code) return std::string(choice.word);
    }
    return std::to_string(code);
  };
  return {{"machineId", idJson(result.event.machineId, result.second)},
          {"type", word(peaq::eventTypes(), result.event.type)},
          {"value", idJson(result.event.value, result.second)},
          {"trust", word(peaq::trustLevels(), result.event.trust)},
          {"txHash", toHex0x(result.transaction)},
          {"dataHash", toHex0x(result.event.dataHash)},
          {"earlier", result.earlier}};
}

}  // namespace peaqos::app
