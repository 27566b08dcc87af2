// SPDX-License-Identifier: Apache-2.0
#include "app/submit_event.hpp"

#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/intent_lock.hpp"
#include "app/known_event.hpp"
#include "app/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "crypto/keccak.hpp"
#include "evm/outbox.hpp"
#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::app {
namespace {

Error badField(const std::string& field, const std::string& problem, std::string hint) {
  return inputError("BAD_FIELD", field + " " + problem, std::move(hint));
}

evm::U256 checkInteger(const std::string& text, const std::string& field, bool zeroAllowed) {
  const std::string hint =
      zeroAllowed ? "Give a whole number of at least 0, in the currency's minor unit" : "Give a whole number above 0";
  const auto value = evm::U256::fromDecimal(text.starts_with('+') ? std::string_view(text).substr(1) : text);
  if (!value) throw badField(field, "is not a whole number below 2^256: '" + printable(text) + "'", hint);
  if (!zeroAllowed && *value == evm::U256()) throw badField(field, "must be above 0", hint);
  return *value;
}

std::uint64_t checkChoice(const std::string& word, const std::string& field, std::span<const peaq::Choice> choices) {
  if (const auto choice = peaq::findChoice(choices, word)) return choice->code;
  std::vector<std::string> words;
  for (const peaq::Choice& choice : choices) words.emplace_back(choice.word);
  throw badField(field, "is '" + printable(word) + "'", "Use one of: " + join(words, ", "));
}

// Clocks of programs count thousandths, millionths or billionths of a second: digits tell, for seconds of the next
// three thousand years have eleven at most.
void refuseFractions(const std::string& text, const std::string& field) {
  constexpr std::size_t kMostOfSeconds = 11;
  if (text.size() <= kMostOfSeconds || text.find_first_not_of("0123456789") != std::string::npos) return;
  const std::size_t excess = text.size() <= 14 ? 3 : text.size() <= 17 ? 6 : 9;
  if (text.size() > kMostOfSeconds + excess) return;
  const std::string unit = excess == 3 ? "milliseconds" : excess == 6 ? "microseconds" : "nanoseconds";
  throw badField(field, "is in " + unit + ": " + text, "Give seconds: " + text.substr(0, text.size() - excess));
}

std::uint64_t checkTime(const std::string& text, const std::string& field) {
  constexpr char kHint[] = "Give Unix seconds, or a date and time with its zone such as 2026-04-23T12:00:00Z";
  refuseFractions(text, field);
  const ParsedTime time = parseTime(text);
  if (time.problem == TimeProblem::NoZone) throw badField(field, "has no time zone: '" + printable(text) + "'", kHint);
  if (time.problem == TimeProblem::Unreadable) throw badField(field, "is no time: '" + printable(text) + "'", kHint);
  if (time.seconds <= 0) throw badField(field, "must be after 1970-01-01T00:00:00Z", kHint);
  return static_cast<std::uint64_t>(time.seconds);
}

Hash256 checkSourceTx(const std::optional<std::string>& given, std::uint64_t trust, const Caller& caller) {
  const std::string field = caller.fieldName("source-tx");
  constexpr char kHint[] = "Give the transaction's hash: 64 hexadecimal digits, with or without 0x";
  if (!given || given->empty()) {
    if (trust != peaq::kOnchainTrust) return {};
    throw badField(field, "is required with " + caller.fieldName("trust") + " onchain", kHint);
  }
  std::string_view digits = *given;
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) {
    throw badField(field, "is not hexadecimal: '" + printable(*given) + "'", kHint);
  }
  if (digits.size() != 64)
    throw badField(field, "has " + std::to_string(digits.size()) + " digits instead of 64", kHint);
  return *fromHexExactly<32>(digits);
}

std::string checkCurrency(const std::optional<std::string>& given, std::uint64_t type, const std::string& field) {
  if (type != peaq::kRevenue) {
    if (!given || given->empty()) return {};
    throw badField(field, "does not go with activity events", "Leave it out");
  }
  const std::string currency = given.value_or("USD");
  if (peaq::isCurrency(currency)) return currency;
  throw badField(field, "is '" + printable(currency) + "'", "Give an ISO 4217 code: 3 to 10 capital letters or digits");
}

std::string keyOf(const SubmitEventRequest& request, const Caller& caller) {
  constexpr std::size_t kLongest = 255;
  const std::string& key = *request.idempotencyKey;
  if (!key.empty() && key.size() <= kLongest && isValidUtf8(key) && printable(key) == key) return key;
  throw badField(caller.fieldName("idempotency-key"), "is not a usable key",
                 "Give 1 to 255 bytes of printable text, the same for each attempt at one event");
}

peaq::Event check(SubmitEventRequest& request, const Caller& caller) {
  peaq::Event event;
  event.machineId = checkInteger(request.machineId, caller.fieldName("machine-id"), false);
  event.type = checkChoice(request.type, caller.fieldName("type"), peaq::eventTypes());
  event.value = checkInteger(request.value, caller.fieldName("value"), true);
  event.timestamp = checkTime(request.ts, caller.fieldName("ts"));
  event.trust = checkChoice(request.trust, caller.fieldName("trust"), peaq::trustLevels());
  event.sourceChain = checkChoice(request.sourceChain, caller.fieldName("source-chain"), peaq::sourceChains());
  event.sourceTx = checkSourceTx(request.sourceTx, event.trust, caller);
  event.currency = checkCurrency(request.currency, event.type, caller.fieldName("currency"));
  if (request.rawData && request.rawData->empty()) {
    throw badField(caller.fieldName("raw-data"), "is empty",
                   "Leave it out, or give the data that the event stands for");
  }
  if (request.rawData) event.dataHash = crypto::keccak256(*request.rawData);
  event.metadata = std::move(request.metadata);
  if (request.idempotencyKey) request.idempotencyKey = keyOf(request, caller);
  return event;
}

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

Json argumentsOf(const peaq::Event& event) {
  return Json::array({{"machineId", event.machineId.toDecimal()},
                      {"eventType", event.type},
                      {"value", event.value.toDecimal()},
                      {"currency", event.currency},
                      {"timestamp", event.timestamp},
                      {"dataHash", toHex0x(event.dataHash)},
                      {"trustLevel", event.trust},
                      {"sourceChain", event.sourceChain},
                      {"sourceTx", toHex0x(event.sourceTx)},
                      {"metadata", toHex0x(event.metadata)}});
}

// A time later than both the chain's and the host's clock is a slip of the user; between them the chain decides.
void refuseFuture(const peaq::Event& event, const Json& block, host::Clock& clock, const std::string& field) {
  const Json* member = findMember(block, "timestamp");
  const auto quantity =
      member && member->is_string() ? evm::U256::fromQuantity(member->get<std::string>()) : std::nullopt;
  const std::uint64_t blockTime = quantity ? quantity->toUint64().value_or(0) : 0;
  const auto hostTime = static_cast<std::uint64_t>(clock.now() / 1'000'000);
  if (event.timestamp <= blockTime || event.timestamp <= hostTime) return;
  throw badField(
      field, "is in the future: " + formatTime(static_cast<std::int64_t>(event.timestamp)),
      "An event must not be later than the latest block, " + formatTime(static_cast<std::int64_t>(blockTime)));
}

evm::Intent intentOf(const peaq::Event& event, const SubmitEventRequest& request, const evm::Address& registry) {
  return {.step = kSubmitEventStep,
          .to = registry,
          .value = {},
          .data = peaq::submitEventCalldata(event),
          .facts = factsOf(event, request),
          .function = std::string(peaq::kSubmitEvent),
          .arguments = argumentsOf(event),
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
        registry_{{{"EVENT_REGISTRY_ADDRESS", intent_.to}}},
        rpc_(session.rpc()),
        ledger_(session.ledger()),
        outbox_(session.outbox(rpc_, ledger_)) {}

  Task<SubmittedEvent> run(std::string since) {
    if (!intent_.identity.empty()) {
      if (auto known = co_await findByKey(ledger_, intent_.identity, signer_.address(), network_.chainId)) {
        if (auto earlier = co_await resultOf(std::move(*known))) co_return std::move(*earlier);
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

 private:
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
  const std::array<peaq::NamedContract, 1> registry_;
  evm::RpcClient rpc_;
  ledger::Ledger ledger_;
  evm::Outbox outbox_;
};

}  // namespace

Task<SubmittedEvent> submitEvent(SubmitEventRequest request, Caller caller) {
  const peaq::Event event = check(request, caller);
  const auto session = co_await Session::open(caller);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  evm::Intent intent = intentOf(event, request, session->configuration.contracts().eventRegistry);
  const IntentLock lock = co_await lockIntent(caller, session->configuration, lockName(intent, signer->address()));
  Submission submission(*session, caller, event, std::move(intent), *signer);
  co_return co_await submission.run(lock.since);
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
