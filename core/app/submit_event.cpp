// SPDX-License-Identifier: Apache-2.0
#include "app/submit_event.hpp"

#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/event_check.hpp"
#include "app/intent_lock.hpp"
#include "app/known_event.hpp"
#include "app/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "evm/outbox.hpp"
#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::app {
namespace {

Json factsOf(const peaq::Event& event, const SubmitEventRequest& request) {
  Json facts{{"machine_id", evm::toJson(event.machineId)},
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

evm::Intent intentOf(const peaq::Event& event, const SubmitEventRequest& request, const evm::Address& registry) {
  return {.step = kSubmitEventStep,
          .to = registry,
          .value = {},
          .data = peaq::submitEventCalldata(event),
          .facts = factsOf(event, request),
          .function = std::string(peaq::kSubmitEvent),
          .arguments = peaq::submitEventArguments(event),
          .identity = request.idempotencyKey.value_or(std::string())};
}

// Equal events wait for each other; with a key, all that have the key do.
std::string lockName(const evm::Intent& intent, const evm::Address& signer) {
  const std::string content = intent.identity.empty() ? toHex(intent.data) : "key " + intent.identity;
  return "event " + evm::toChecksum(signer) + " " + content;
}

Error refused(const evm::RevertError& error, const peaq::Event& event, const Caller& caller) {
  return networkError(
      error.code, "event for machine " + event.machineId.toDecimal() + " refused: " + peaq::meaningOf(error),
      error.code == "MachineNotFound" ? "Check " + caller.fieldName("machine-id") : peaq::hintFor(error.revert));
}

// One submission: what its steps share.
class Submission {
 public:
  Submission(Session& session, Caller& caller, const peaq::Event& event, evm::Intent intent, evm::Signer& signer)
      : caller_(caller),
        event_(event),
        intent_(std::move(intent)),
        signer_(signer),
        network_(session.configuration.network()),
        contracts_(session.configuration.contracts()),
        registry_{{{"EVENT_REGISTRY_ADDRESS", intent_.to}}},
        rpc_(session.rpc()),
        ledger_(session.ledger()),
        outbox_(session.outbox(rpc_, ledger_)) {}

  Task<SubmittedEvent> run(std::string since) {
    if (!intent_.identity.empty()) {
      if (auto known = co_await findByKey(ledger_, intent_.identity, signer_.address(), network_.chainId)) {
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
      co_return SubmittedEvent{event_, mined.receipt.transaction, mined.earlier};
    } catch (const evm::RevertError& error) {
      reverted = error;
    }
    throw refused(*reverted, event_, caller_);
  }

  Task<Plan> plan() {
    Plan plan{.command = "qualify event", .signer = signer_.address()};
    std::optional<KnownEvent> known;
    if (!intent_.identity.empty()) {
      known = co_await findByKey(ledger_, intent_.identity, signer_.address(), network_.chainId);
    }
    if (!known && !intent_.identity.empty()) {
      if (const auto hash = co_await sentByFile()) {
        plan.read("idempotency_key", intent_.identity, {{"status", "confirmed"}, {"tx_hash", *hash}});
        co_return plan;
      }
    }
    if (known) {
      const auto replies = co_await rpc_.read(peaq::preflightCalls(registry_));
      plan.chainId = peaq::checkPreflight(replies, registry_, network_);
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
    if (const auto* reverted = std::get_if<evm::RevertError>(&only)) throw refused(*reverted, event_, caller_);
    if (const auto* error = std::get_if<Error>(&only)) throw Error(*error);
    plan.transactions.push_back(plannedTransaction(intent_, std::get<evm::RehearsedTransaction>(only),
                                                   signer_.address(), plan, contracts_, network_.currency));
    co_return plan;
  }

 private:
  // The transaction of a file of events that had a line with this key.
  Task<std::optional<std::string>> sentByFile() {
    std::uint64_t chainId = network_.chainId;
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
    return {.calls = peaq::preflightCalls(registry_),
            .check = [this](std::span<const evm::RpcReply> replies, const Json& block) {
              const std::uint64_t chainId = peaq::checkPreflight(replies, registry_, network_);
              refuseFuture(event_, block, caller_.host.clock, caller_.fieldName("ts"));
              return chainId;
            }};
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
    if (known.hash) co_return SubmittedEvent{event_, *fromHexExactly<32>(*known.hash), true};
    const auto replies = co_await rpc_.read(peaq::preflightCalls(registry_));
    outbox_.useChain(peaq::checkPreflight(replies, registry_, network_));
    Json facts = known.pending.facts;
    auto mined = co_await outbox_.settle(std::move(known.pending), &signer_);
    if (!mined) co_return std::nullopt;
    co_await outbox_.confirm(*mined, std::move(facts));
    co_return SubmittedEvent{event_, mined->receipt.transaction, true};
  }

  Caller& caller_;
  const peaq::Event& event_;
  const evm::Intent intent_;
  evm::Signer& signer_;
  const peaq::DeploymentRecord network_;
  const peaq::Contracts contracts_;
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
  evm::Intent intent = intentOf(event, request, session->configuration.contracts().eventRegistry);
  const IntentLock lock = co_await lockIntent(caller, session->configuration, lockName(intent, signer->address()));
  Submission submission(*session, caller, event, std::move(intent), *signer);
  co_return co_await submission.run(lock.since);
}

Task<Plan> planEvent(SubmitEventRequest request, Caller caller) {
  const peaq::Event event = checkEvent(request, caller);
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  evm::Intent intent = intentOf(event, request, session->configuration.contracts().eventRegistry);
  Submission submission(*session, caller, event, std::move(intent), *signer);
  co_return co_await submission.plan();
}

Json toJson(const SubmittedEvent& result) {
  const auto word = [](std::span<const peaq::Choice> choices, std::uint64_t code) {
    for (const peaq::Choice& choice : choices) {
      if (choice.code == code) return std::string(choice.word);
    }
    return std::to_string(code);
  };
  return {{"machineId", evm::toJson(result.event.machineId)},
          {"type", word(peaq::eventTypes(), result.event.type)},
          {"value", evm::toJson(result.event.value)},
          {"trust", word(peaq::trustLevels(), result.event.trust)},
          {"txHash", toHex0x(result.transaction)},
          {"dataHash", toHex0x(result.event.dataHash)},
          {"earlier", result.earlier}};
}

}  // namespace peaqos::app
