// SPDX-License-Identifier: Apache-2.0
#include "peaq/gas_station.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"

namespace peaqos::peaq {
namespace {

constexpr std::array<std::string_view, 4> kWrongCode = {"TOTP_EXPIRED", "TWO_FA_EXPIRED", "2FA_EXPIRED", "INVALID_2FA"};

struct StationError {
  std::string_view code;
  ErrorKind kind;
  const char* message;
  const char* hint;
};

constexpr StationError kStationErrors[] = {
    {"INVALID_2FA", ErrorKind::Network, "the Gas Station did not accept the code",
     "Check the clock of the device that shows it"},
    {"TOTP_EXPIRED", ErrorKind::Network, "the code has expired", "Run the command again with a fresh one"},
    {"TWO_FA_EXPIRED", ErrorKind::Network, "the code has expired", "Run the command again with a fresh one"},
    {"2FA_EXPIRED", ErrorKind::Network, "the code has expired", "Run the command again with a fresh one"},
    {"2FA_NOT_CONFIGURED", ErrorKind::Network, "2FA is not set up for this operator", "Run the command again"},
    {"2FA_NOT_ACTIVE", ErrorKind::Network, "2FA is set up for this operator, but not confirmed",
     "Run the command again"},
    {"2FA_LOCKED", ErrorKind::Network, "2FA of this operator is locked after too many wrong codes",
     "Wait, or ask the Gas Station's support; or send the money yourself"},
    {"DUPLICATE_REQUEST", ErrorKind::Network, "the same funding request is still in progress",
     "Run the command again in a minute: it asks for the same request"},
    {"RATE_LIMITED", ErrorKind::Input, "the Gas Station takes no more requests from this operator for now",
     "Wait, then run the command again; or send the money yourself"},
    {"CAP_EXCEEDED_OWNER", ErrorKind::Input, "the operator has had all that the Gas Station gives to one operator",
     "Send the money yourself, then run the command again"},
    {"CAP_EXCEEDED_WALLET", ErrorKind::Input, "the wallet has had all that the Gas Station gives to one wallet",
     "Send the money yourself, then run the command again"},
    {"TRANSFER_FAILED", ErrorKind::Network, "the Gas Station could not make the transfer",
     "Run the command again later; or send the money yourself"},
};

const StationError* findError(std::string_view code) {
  const auto found = std::ranges::find(kStationErrors, code, &StationError::code);
  return found == std::end(kStationErrors) ? nullptr : found;
}

bool isWrongCode(std::string_view code) { return std::ranges::find(kWrongCode, code) != kWrongCode.end(); }

}  // namespace

Error GasStation::refusal(const std::string& code, const std::string& requestId) {
  const StationError* known = findError(code);
  if (!known) {
    return networkError(code, "the Gas Station refused with " + printable(code),
                        "Send the money yourself, or try again later");
  }
  const std::string request = code == "DUPLICATE_REQUEST" ? " (request " + requestId + ")" : std::string();
  return {known->kind, code, known->message + request, known->hint};
}

Error GasStation::unexpected(const std::string& why) const {
  return networkError("UNEXPECTED_RESPONSE", "the Gas Station at " + host::redactUrl(baseUrl_) + " " + why,
                      "Check PEAQOS_GAS_STATION_URL, then run the command again");
}

Task<GasStation::Answer> GasStation::post(std::string path, Json body) {
  const auto response = co_await http_.postJson(host::joinUrl(baseUrl_, path), dumpJson(body), false);
  auto parsed = parseJson(asText(response.body));
  if (!parsed && response.status >= 400) {
    throw unexpected("answered with HTTP status " + std::to_string(response.status));
  }
  if (!parsed) throw unexpected("sent an answer that is not JSON");
  std::string code = textOrEmpty(*parsed, "code");
  if (response.status >= 400 && code.empty()) {
    throw unexpected("answered with HTTP status " + std::to_string(response.status) + " and no code");
  }
  // A server in trouble does not know what it has done, unless its word for it is one that we know.
  if (response.status >= 500 && !findError(code)) {
    throw unexpected("answered with HTTP status " + std::to_string(response.status) + " (" + oneLine(code) + ")");
  }
  if (response.status < 400 && response.status >= 300) {
    throw unexpected("answered with HTTP status " + std::to_string(response.status));
  }
  co_return Answer{response.status, std::move(*parsed), std::move(code)};
}

Task<Enrolment> GasStation::setUp(std::string owner) {
  const Answer answer = co_await post("/2fa/setup", {{"ownerAddress", owner}, {"format", "svg"}});
  if (answer.code == "2FA_ALREADY_CONFIGURED")
    co_return Enrolment{.alreadyActive = true, .otpauthUri = {}, .qrImageUrl = {}};
  if (answer.status >= 400) throw refusal(answer.code);
  const Json* data = findMember(answer.body, "data");
  Enrolment made{.otpauthUri = data ? textOrEmpty(*data, "otpauthUri") : std::string(),
                 .qrImageUrl = data ? textOrEmpty(*data, "qrImageUrl") : std::string()};
  if (textOrEmpty(answer.body, "status") != "success" || made.otpauthUri.empty()) {
    throw unexpected("sent an answer to the 2FA set-up in an unexpected form");
  }
  co_return made;
}

Task<bool> GasStation::confirm(std::string owner, std::string code) {
  const Answer answer = co_await post("/2fa/confirm", {{"ownerAddress", owner}, {"twoFactorCode", code}});
  if (isWrongCode(answer.code)) co_return false;
  if (answer.status >= 400) throw refusal(answer.code);
  if (textOrEmpty(answer.body, "status") != "success" || answer.code != "2FA_ACTIVATED") {
    throw unexpected("sent an answer to the 2FA code in an unexpected form");
  }
  co_return true;
}

Task<Funding> GasStation::fund(FundingRequest request) {
  const Answer answer = co_await post("/faucet/fund", {{"ownerAddress", request.owner},
                                                       {"targetWalletAddress", request.wallet},
                                                       {"chainId", request.chain},
                                                       {"twoFactorCode", request.code},
                                                       {"requestId", request.requestId}});
  const auto ended = [&](FundingOutcome outcome) { return Funding{.outcome = outcome, .code = answer.code}; };
  if (isWrongCode(answer.code)) co_return ended(FundingOutcome::CodeWrong);
  if (answer.code == "DUPLICATE_REQUEST") co_return ended(FundingOutcome::InProgress);
  if (answer.code == "REQUEST_ALREADY_PROCESSED") co_return ended(FundingOutcome::Processed);
  if (answer.status >= 400) co_return ended(FundingOutcome::Refused);

  const Json* data = findMember(answer.body, "data");
  const std::string status = textOrEmpty(answer.body, "status");
  if (status == "skipped" && answer.code == "SUFFICIENT_BALANCE") co_return ended(FundingOutcome::Sufficient);
  std::string hash = data ? textOrEmpty(*data, "txHash") : std::string();
  if (status != "success" || answer.code != "SUCCESS" || hash.empty()) {
    throw unexpected("sent an answer to the funding request in an unexpected form");
  }
  co_return Funding{.outcome = FundingOutcome::Funded, .transaction = printable(hash)};
}

}  // namespace peaqos::peaq
