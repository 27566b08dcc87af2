// SPDX-License-Identifier: Apache-2.0
#include "app/events/event_check.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "crypto/keccak.hpp"

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
  if (text.find_first_not_of("0123456789") != std::string::npos) return;
  const std::string digits = text.substr(std::min(text.find_first_not_of('0'), text.size()));
  if (digits.size() <= kMostOfSeconds) return;
  const std::size_t excess = digits.size() <= 14 ? 3 : digits.size() <= 17 ? 6 : 9;
  if (digits.size() > kMostOfSeconds + excess) return;
  const std::string unit = excess == 3 ? "milliseconds" : excess == 6 ? "microseconds" : "nanoseconds";
  throw badField(field, "is in " + unit + ": " + text, "Give seconds: " + digits.substr(0, digits.size() - excess));
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

Hash256 checkHash(const std::string& text, const std::string& field, const std::string& hint) {
  std::string_view digits = text;
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) {
    throw badField(field, "is not hexadecimal: '" + printable(text) + "'", hint);
  }
  if (digits.size() != 64)
    throw badField(field, "has " + std::to_string(digits.size()) + " digits instead of 64", hint);
  return *fromHexExactly<32>(digits);
}

Hash256 checkSourceTx(const std::optional<std::string>& given, std::uint64_t trust, const Caller& caller) {
  const std::string field = caller.fieldName("source-tx");
  constexpr char kHint[] = "Give the transaction's hash: 64 hexadecimal digits, with or without 0x";
  if (given && !given->empty()) return checkHash(*given, field, kHint);
  if (trust != peaq::kOnchainTrust) return {};
  throw badField(field, "is required with " + caller.fieldName("trust") + " onchain", kHint);
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
  throw badField(caller.fieldName(caller.naming == Naming::Columns ? "id" : "idempotency-key"), "is not a usable key",
                 "Give 1 to 255 bytes of printable text, the same for each attempt at one event");
}

}  // namespace

peaq::Event checkEvent(SubmitEventRequest& request, const Caller& caller) {
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
  if (request.rawData && request.dataHash) {
    throw badField(caller.fieldName("data-hash"), "does not go with " + caller.fieldName("raw-data"),
                   "Give one of them");
  }
  if (request.rawData) event.dataHash = crypto::keccak256(*request.rawData);
  if (request.dataHash) {
    event.dataHash = checkHash(*request.dataHash, caller.fieldName("data-hash"),
                               "Give the data's keccak-256: 64 hexadecimal digits, with or without 0x");
  }
  event.metadata = std::move(request.metadata);
  if (request.idempotencyKey) request.idempotencyKey = keyOf(request, caller);
  return event;
}

}  // namespace peaqos::app
