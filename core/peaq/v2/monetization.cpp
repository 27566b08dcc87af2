// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/monetization.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"
#include "peaq/fields.hpp"
#include "peaq/mcr_refusal.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::string_view kStates[] = {"PENDING", "OPTED_IN", "OPTED_OUT"};

constexpr Field kFields[] = {
    {.name = "machine_id", .type = FieldType::NonEmptyText},
    {.name = "status", .type = FieldType::OneOf, .words = kStates},
    {.name = "signer", .type = FieldType::Text, .absence = Absence::NullForIt},
    {.name = "updated_at", .type = FieldType::Any, .absence = Absence::NullForIt},
};

// What the server may call its refusals; other words of it are not passed on as codes.
constexpr std::string_view kCodes[] = {
    "INVALID_REQUEST",   "TIMESTAMP_OUT_OF_WINDOW", "INVALID_SIGNATURE",   "UNAUTHORIZED_SIGNER",
    "MACHINE_NOT_FOUND", "MACHINE_NOT_BONDED",      "MACHINE_DEACTIVATED", "STALE_SIGNATURE",
    "INTERNAL_ERROR",    "MACHINE_UNAVAILABLE",     "CHAIN_UNAVAILABLE",   "MACHINE_HOMED_ELSEWHERE",
};

std::string lowerAddress(const evm::Address& address) { return toHex0x(address.bytes); }

host::Request getOf(std::string url) {
  return {.url = std::move(url), .headers = {{"accept", "application/json"}}, .replayable = true};
}

}  // namespace

std::string messageOf(const Choice& choice) {
  return "peaq-mcr monetization\nregistry: " + lowerAddress(choice.registry) +
         "\nchain_id: " + std::to_string(choice.chainId) + "\nmachine_id: " + choice.machineId.toDecimal() +
         "\nopted_in: " + (choice.optedIn ? "true" : "false") + "\ntimestamp: " + std::to_string(choice.timestamp);
}

Task<void> MonetizationApi::check(MonetizationTerms terms) {
  const std::string url = host::joinUrl(baseUrl_, "/.well-known/peaq-monetization");
  const auto response = co_await http_.send(getOf(url));
  const auto answer = parseJson(asText(response.body));
  if (response.status != 200 && response.status != 404) {
    throw mcrRefusal(response.status, answer, "monetization", "monetization");
  }
  const bool fits = response.status == 200 && answer && textOrEmpty(*answer, "version") == terms.version &&
                    textOrEmpty(*answer, "chain_id") == std::to_string(terms.chainId) &&
                    textOrEmpty(*answer, "registry") == lowerAddress(terms.registry);
  if (fits) co_return;
  throw configurationError("MONETIZATION_API_INCOMPATIBLE",
                           "the API at " + host::redactUrl(url) + " does not serve " + terms.version + " of chain " +
                               std::to_string(terms.chainId) + "; nothing was signed",
                           "Check PEAQOS_MCR_API_URL and PEAQOS_DEPLOYMENT_ID");
}

Task<Json> MonetizationApi::status(evm::U256 machineId) {
  const std::string url = host::joinUrl(baseUrl_, "/machine/" + machineId.toDecimal() + "/monetization");
  co_return co_await statusFrom(getOf(url), machineId, "monetization status");
}

Task<Json> MonetizationApi::choose(Choice choice, evm::MessageSignature signature) {
  const std::string body =
      dumpJson({{"opted_in", choice.optedIn}, {"timestamp", choice.timestamp}, {"signature", toHex0x(signature)}});
  host::Request request{.method = "PUT",
                        .url = host::joinUrl(baseUrl_, "/machine/" + choice.machineId.toDecimal() + "/monetization"),
                        .headers = {{"content-type", "application/json"}, {"accept", "application/json"}},
                        .body = Bytes(asBytes(body).begin(), asBytes(body).end())};
  co_return co_await statusFrom(std::move(request), choice.machineId,
                                choice.optedIn ? "monetization opt-in" : "monetization opt-out");
}

Task<Json> MonetizationApi::statusFrom(host::Request request, evm::U256 machineId, std::string operation) {
  const std::string id = machineId.toDecimal();
  const auto response = co_await http_.send(std::move(request));
  const auto answer = parseJson(asText(response.body));
  if (response.status != 200) {
    McrRefusal error = mcrRefusal(response.status, answer, operation, "machine " + id);
    const std::string code = serverCodeOf(answer);
    if (std::ranges::find(kCodes, code) != std::end(kCodes)) error.code = code;
    throw std::move(error);
  }
  Json status = conform(answer.value_or(Json()), kFields, "the MCR API");
  if (textOrEmpty(status, "machine_id") == id) co_return status;
  throw networkError("BAD_RESPONSE", "the MCR API sent an answer about another machine than " + id,
                     "Check PEAQOS_MCR_API_URL");
}

}  // namespace peaqos::peaq::v2
