// What a purchase asks for, and how an equal one is known.
// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "base/time.hpp"
#include "crypto/keccak.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

std::string digestOf(const std::string& text) { return toHex0x(crypto::keccak256(asBytes(text))); }

}  // namespace

Json requestBody(const PurchaseRequest& request) {
  Json body{
      {"machineId", request.machineId}, {"agentPairingId", request.agentPairingId}, {"serviceId", request.serviceId}};
  const auto add = [&](const char* name, const std::optional<std::string>& value) {
    if (value) body[name] = *value;
  };
  add("searchId", request.searchId);
  add("quoteId", request.quoteId);
  add("operation", request.operation);
  if (!request.input.is_null()) body["input"] = request.input;
  if (!request.budget.is_null()) body["budget"] = request.budget;
  return body;
}

std::string intentOf(const PurchaseRequest& request, const std::string& service) {
  return digestOf(service + "\n" + dumpSorted(requestBody(request)));
}

Json ledgerFacts(const PurchaseRequest& request) {
  Json facts{{"machine_id", request.machineId},
             {"agent_pairing_id", request.agentPairingId},
             {"service_id", request.serviceId}};
  if (request.searchId) facts["search_id"] = *request.searchId;
  if (request.quoteId) facts["quote_id"] = *request.quoteId;
  if (request.operation) facts["operation"] = *request.operation;
  if (!request.input.is_null()) facts["input_hash"] = digestOf(dumpJson(request.input));
  return facts;
}

bool isThatOrder(const Json& order, const PurchaseRequest& request, const OrderJournal::Unfinished& earlier) {
  constexpr std::int64_t kClockDifference = 600;
  const auto same = [&](const char* name, const std::optional<std::string>& value) {
    return !value || textOrEmpty(order, name) == *value;
  };
  const ParsedTime created = parseTime(textOrEmpty(order, "created_at"));
  const ParsedTime asked = parseTime(earlier.since);
  const bool later = created.problem != TimeProblem::None || asked.problem != TimeProblem::None ||
                     created.seconds + kClockDifference >= asked.seconds;
  return later && !earlier.ordered.contains(textOrEmpty(order, "id")) &&
         isOneOf(textOrEmpty(order, "status"), {"created", "payment_pending", "ready"}) &&
         same("service_id", request.serviceId) && same("agent_pairing_id", request.agentPairingId) &&
         same("search_id", request.searchId) && same("quote_id", request.quoteId) &&
         same("operation", request.operation);
}

}  // namespace peaqos::market
