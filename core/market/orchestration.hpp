// The Orchestration API of the Machine Market: how its requests and answers travel (docs/market.md#requests).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "host/http.hpp"
#include "market/redaction.hpp"
#include "market/refusals.hpp"
#include "peaq/fields.hpp"

namespace peaqos::market {

// Who asks: the operator's platform with its key, or a paired agent with its token. Never both.
enum class Asker { Platform, Agent };

struct Access {
  std::string url;  // of the service, checked
  Secret platformKey = {};
  Secret pairingToken = {};
};

struct ApiRequest {
  std::string method;
  std::string path;  // below /api/v1, its IDs encoded with pathSegment()
  Asker asker;
  std::optional<Json> body = {};
};

// An ID as one segment of a path. Throws Error (Input) naming `field` for what cannot be one: blank, "." and "..".
std::string pathSegment(std::string_view id, const std::string& field);

// One page of a list.
struct Page {
  Json items = Json::array();  // as the table says
  std::optional<std::string> nextCursor = {};
};

class OrchestrationApi {
 public:
  OrchestrationApi(host::HttpClient& http, Access access);

  // Texts that no message may show, e.g. provider credentials.
  void hideTexts(const Json& value) { redactor_.hideTexts(value); }

  bool hasPlatformKey() const { return !access_.platformKey.empty(); }

  // Each throws Refusal for an error of the API or an answer that is none, Error (Network) for what the transport
  // throws and for an answer of another shape.

  // The answer's body, which is an object.
  Task<Json> raw(ApiRequest request);
  // Its `item`, as the table says; null where the API has none.
  Task<Json> maybeItem(ApiRequest request, peaq::FieldTable fields);
  Task<Json> item(ApiRequest request, peaq::FieldTable fields);
  // Its `items` and `nextCursor`.
  Task<Page> page(ApiRequest request, peaq::FieldTable fields);

  // For tables of the parts of a raw answer.
  static Json conform(const Json& part, peaq::FieldTable fields, const ApiRequest& request);
  static Error badShape(const ApiRequest& request, const std::string& why);

  // The service, to tell it from others: its URL without user info. May hold a credential, so digests of it alone may
  // be kept.
  std::string identity() const;

 private:
  Refusal refusalFrom(const host::Response& response, const std::optional<Json>& body) const;

  host::HttpClient& http_;
  Access access_;
  Redactor redactor_;
};

}  // namespace peaqos::market
