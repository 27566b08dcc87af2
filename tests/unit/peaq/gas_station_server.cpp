// SPDX-License-Identifier: Apache-2.0
#include "peaq/gas_station_server.hpp"

#include <algorithm>

namespace peaqos::test {
namespace {

host::Response refusal(int status, const std::string& code) {
  return jsonAnswer(status, {{"status", "error"}, {"code", code}, {"message", "no"}});
}

}  // namespace

Answer GasStationServer::answer(const host::Request& request, const std::string&) {
  const Json body = parseJson(asText(request.body)).value_or(Json::object());
  const std::string path = pathOf(request.url);
  if (path.ends_with("/2fa/setup")) return {setUp()};
  if (path.ends_with("/2fa/confirm")) return {confirm(body)};
  if (path.ends_with("/faucet/fund")) return {fund(body)};
  return {refusal(404, "NOT_FOUND")};
}

host::Response GasStationServer::setUp() {
  if (enrolled) return refusal(409, "2FA_ALREADY_CONFIGURED");
  return jsonAnswer(200,
                    {{"status", "success"},
                     {"code", "2FA_SETUP"},
                     {"data", {{"otpauthUri", "otpauth://totp/peaq:x?secret=ABC"}, {"qrImageUrl", "http://qr.test"}}}});
}

host::Response GasStationServer::confirm(const Json& body) {
  if (textOrEmpty(body, "twoFactorCode") != rightCode) return refusal(401, "INVALID_2FA");
  enrolled = true;
  return jsonAnswer(200, {{"status", "success"}, {"code", "2FA_ACTIVATED"}});
}

host::Response GasStationServer::fund(const Json& body) {
  const std::string id = textOrEmpty(body, "requestId");
  const auto wallet = evm::parseAddress(textOrEmpty(body, "targetWalletAddress"));
  requestIds.push_back(id);
  if (!enrolled) return refusal(403, "2FA_NOT_ACTIVE");
  if (textOrEmpty(body, "twoFactorCode") != rightCode) return refusal(401, "TOTP_EXPIRED");
  if (!refuses.empty()) return refusal(400, refuses);
  if (paid.contains(id)) return refusal(409, "REQUEST_ALREADY_PROCESSED");
  if (underWay > 0) {
    --underWay;
    return refusal(409, "DUPLICATE_REQUEST");
  }
  paid[id] = *wallet;
  if (credits) chain_.setBalance(*wallet, gives);
  return jsonAnswer(200,
                    {{"status", "success"}, {"code", "SUCCESS"}, {"data", {{"txHash", "0x" + std::string(64, 'a')}}}});
}

std::size_t GasStationServer::paymentsTo(const evm::Address& wallet) const {
  return static_cast<std::size_t>(std::ranges::count(paid, wallet, [](const auto& each) { return each.second; }));
}

}  // namespace peaqos::test
