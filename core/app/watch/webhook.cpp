// SPDX-License-Identifier: Apache-2.0
#include "app/watch/webhook.hpp"

#include <utility>

#include "base/error.hpp"
#include "crypto/hmac.hpp"
#include "host/redact_url.hpp"

namespace peaqos::app {
namespace {

using std::chrono::seconds;

constexpr seconds kPauses[] = {seconds(1), seconds(5), seconds(25), seconds(120), seconds(600)};
constexpr seconds kDeadline{10};

}  // namespace

std::string webhookSignature(const Secret& secret, const std::string& timestamp, const std::string& body) {
  return "sha256=" + toHex(crypto::hmacSha256(secret.expose(), asBytes(timestamp + "." + body)));
}

Webhook::Webhook(host::Host& host, Configuration::Webhook settings)
    : clock_(host.clock), http_(host, kDeadline), settings_(std::move(settings)) {}

// What went wrong; empty when it was taken.
Task<std::string> Webhook::attempt(const std::string& body, const std::string& delivery) {
  const std::string timestamp = std::to_string(clock_.now() / 1'000'000);
  const BytesView bytes = asBytes(body);
  host::Request request{.method = "POST",
                        .url = settings_.url,
                        .headers = {{"content-type", "application/json"},
                                    {"peaqos-delivery", delivery},
                                    {"peaqos-timestamp", timestamp},
                                    {"peaqos-signature", webhookSignature(settings_.secret, timestamp, body)}},
                        .body = Bytes(bytes.begin(), bytes.end())};
  try {
    const auto response = co_await http_.send(std::move(request));
    if (response.status >= 200 && response.status < 300) co_return "";
    co_return "HTTP status " + std::to_string(response.status);
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    co_return error.message;
  }
}

Task<void> Webhook::post(std::string body, std::string delivery) {
  std::string trouble = co_await attempt(body, delivery);
  for (const seconds pause : kPauses) {
    if (trouble.empty()) co_return;
    co_await clock_.sleep(pause);
    trouble = co_await attempt(body, delivery);
  }
  if (trouble.empty()) co_return;
  throw WebhookError(networkError("WEBHOOK_FAILED",
                                  "the webhook at " + host::redactUrl(settings_.url) + " took nothing: " + trouble,
                                  "Mend the receiver, then run the command again"));
}

}  // namespace peaqos::app
