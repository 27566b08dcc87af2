// Posting news to a webhook of the operator's: JSON, signed, sent until it was taken
// (docs/commands.md#news-at-a-webhook).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/settings/configuration.hpp"
#include "host/http.hpp"

namespace peaqos::app {

// The value of the header `peaqos-signature`: HMAC-SHA-256 over the time, a dot and the body.
std::string webhookSignature(const Secret& secret, const std::string& timestamp, const std::string& body);

// Ends whatever posted: the receiver is away for longer than a quarter of an hour.
struct WebhookError : Error {
  explicit WebhookError(Error error) : Error(std::move(error)) {}
};

class Webhook {
 public:
  Webhook(host::Host& host, Configuration::Webhook settings);

  // Posts a body until a status of 2xx takes it, six times at most. `delivery` names it to the receiver, the same for
  // every repetition; a redirect is not followed, so that nobody else gets it. Throws WebhookError (Network,
  // "WEBHOOK_FAILED"); Error (Interrupted).
  Task<void> post(std::string body, std::string delivery);

 private:
  Task<std::string> attempt(const std::string& body, const std::string& delivery);

  host::Clock& clock_;
  host::HttpClient http_;
  const Configuration::Webhook settings_;
};

}  // namespace peaqos::app
