// SPDX-License-Identifier: Apache-2.0
#include "app/submit_event.hpp"

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "app/journal_lock.hpp"
#include "app/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "crypto/keccak.hpp"
#include "evm/sender.hpp"
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

std::uint64_t checkTime(const std::string& text, const std::string& field) {
  constexpr char kHint[] = "Give Unix seconds, or a date and time with its zone such as 2026-04-23T12:00:00Z";
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
  return event;
}

Json journalFacts(const peaq::Event& event, const std::string& type) {
  return {{"machine_id", evm::toJson(event.machineId)},
          {"event_type", type},
          {"value", evm::toJson(event.value)},
          {"currency", event.currency},
          {"timestamp", event.timestamp},
          {"data_hash", toHex0x(event.dataHash)}};
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

}  // namespace

Task<SubmittedEvent> submitEvent(SubmitEventRequest request, Caller caller) {
  const peaq::Event event = check(request, caller);
  const auto session = co_await Session::open(caller);
  const Configuration& configuration = session->configuration;
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  evm::RpcClient rpc = session->rpc();
  const peaq::DeploymentRecord network = configuration.network();
  const peaq::NamedContract registry[] = {{"EVENT_REGISTRY_ADDRESS", configuration.contracts().eventRegistry}};

  const evm::Intent intent{.step = kSubmitEventStep,
                           .to = registry[0].address,
                           .value = {},
                           .data = peaq::submitEventCalldata(event),
                           .facts = journalFacts(event, request.type),
                           .function = std::string(peaq::kSubmitEvent),
                           .arguments = argumentsOf(event)};
  const JournalLock lock = co_await lockJournal(caller, configuration);
  // One request tells everything: the chain, the contract, the clock, and whether the event would go through.
  auto calls = peaq::preflightCalls(registry);
  const std::size_t own = calls.size();
  for (evm::RpcCall& call : evm::Sender::preparation(intent, signer->address())) calls.push_back(std::move(call));
  const auto replies = co_await rpc.read(std::move(calls));
  const auto prepared = std::span(replies).subspan(own);

  evm::Journal journal(caller.host.files, caller.host.clock);
  evm::Sender sender(rpc, journal, caller.host.clock, caller.conversation,
                     {.chainId = peaq::checkPreflight(replies, registry, network),
                      .receiptTimeout = configuration.receiptTimeout(),
                      .errors = peaq::contractErrors(),
                      .currency = std::string(network.currency)});
  refuseFuture(event, evm::Sender::latestBlock(prepared), caller.host.clock, caller.fieldName("ts"));

  try {
    std::optional<evm::Receipt> receipt;
    if (auto row = co_await sender.findUnresolved(intent, signer->address(), lock.since)) {
      caller.conversation.progress({.name = "earlier_write",
                                    .state = "note",
                                    .facts = {{"step", kSubmitEventStep}, {"tx_hash", (*row)["tx_hash"]}}});
      receipt = co_await sender.settle(std::move(*row));
    }
    if (!receipt) receipt = co_await sender.send(intent, *signer, prepared);
    Json facts = intent.facts;
    facts["tx_hash"] = toHex0x(receipt->transaction);
    co_await journal.append(kSubmitEventStep, "confirmed", std::move(facts));
    co_return SubmittedEvent{event, receipt->transaction};
  } catch (const evm::RevertError& error) {
    throw networkError(
        error.code, "event for machine " + event.machineId.toDecimal() + " refused: " + peaq::meaningOf(error),
        error.code == "MachineNotFound" ? "Check " + caller.fieldName("machine-id") : peaq::hintFor(error.revert));
  }
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
          {"dataHash", toHex0x(result.event.dataHash)}};
}

}  // namespace peaqos::app
