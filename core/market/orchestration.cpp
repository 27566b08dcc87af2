// SPDX-License-Identifier: Apache-2.0
#include "market/orchestration.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/rate_limit.hpp"
#include "host/percent_encoding.hpp"
#include "host/url.hpp"
#include "market/busy.hpp"

namespace peaqos::market {
namespace {

constexpr char kCheckUrl[] = "Check PEAQOS_ORCHESTRATION_URL or --orchestration-url";

std::string where(const ApiRequest& request) {
  return "the Machine Market (" + request.method + " " + request.path.substr(0, request.path.find('?')) + ")";
}

// A server's words on one line, not too long, without terminal escapes.
std::string brief(std::string_view text) {
  constexpr std::size_t kMost = 500;
  std::string out = printable(trim(text));
  if (out.size() <= kMost) return out;
  std::size_t end = kMost;
  while ((static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
  return out.substr(0, end) + "…";
}

Error unreachable(const Error& error) {
  return networkError(error.code, "the Machine Market cannot be reached: " + error.message, kCheckUrl);
}

}  // namespace

std::string pathSegment(std::string_view id, const std::string& field) {
  const std::string_view trimmed = trim(id);
  if (trimmed.empty()) throw inputError("BAD_FIELD", field + " is blank", "Give the ID");
  // Dots alone would climb the path, however they are encoded.
  if (trimmed == "." || trimmed == "..") throw inputError("BAD_FIELD", field + " is '" + std::string(trimmed) + "'");
  return host::percentEncode(trimmed);
}

OrchestrationApi::OrchestrationApi(host::HttpClient& http, Access access) : http_(http), access_(std::move(access)) {
  redactor_.hide(access_.platformKey.expose());
  redactor_.hide(access_.pairingToken.expose());
}

std::string OrchestrationApi::identity() const {
  const auto url = host::parseUrl(access_.url);
  return url ? host::originOf(*url) + (url->path == "/" && !access_.url.ends_with('/') ? "" : url->path) : access_.url;
}

Refusal OrchestrationApi::refusalFrom(const host::Response& response, const std::optional<Json>& body) const {
  const std::string status = "HTTP " + std::to_string(response.status);
  const Json* error = body ? findMember(*body, "error") : nullptr;
  const Json* code = error ? findMember(*error, "code") : nullptr;
  const Json* message = error ? findMember(*error, "message") : nullptr;
  if (!code || !code->is_string() || !message || !message->is_string()) {
    const std::string why = body && !body->is_null() ? "an error in an unknown form" : "an error that is not JSON";
    Error bad = networkError(
        "BAD_RESPONSE", "Orchestration error: BAD_RESPONSE — the answer is " + why + " (" + status + ")", kCheckUrl);
    return {std::move(bad), response.status, false};
  }
  const Json* details = findMember(*error, "details");
  const bool tellsMore = details && !details->is_null() && !(details->is_structured() && details->empty());
  return {refusal(brief(redactor_.clean(code->get<std::string>())), brief(redactor_.clean(message->get<std::string>())),
                  tellsMore ? brief(dumpJson(redactor_.clean(*details))) : std::string()),
          response.status, response.status < 500};
}

Task<Json> OrchestrationApi::raw(ApiRequest request) {
  const std::string body = request.body ? dumpJson(*request.body) : std::string();
  const BytesView bytes = asBytes(body);
  host::Request http{.method = request.method,
                     .url = host::joinUrl(access_.url, "/api/v1" + request.path),
                     .headers = {{"content-type", "application/json"}, {"accept", "application/json"}},
                     .body = Bytes(bytes.begin(), bytes.end()),
                     .replayable = request.method == "GET"};
  if (request.asker == Asker::Agent) {
    http.headers.push_back({"x-agent-pairing-token", asText(access_.pairingToken.expose())});
  } else if (!access_.platformKey.empty()) {
    http.headers.push_back({"x-api-key", asText(access_.platformKey.expose())});
  }
  host::Response response;
  try {
    response = co_await http_.send(std::move(http));
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
    throw unreachable(error);
  }
  auto answer = parseJson(asText(response.body));
  if (response.status >= 400) {
    const auto after = evm::retryAfter(response, http_.clock().now() / 1'000'000);
    if (after) throw Busy(refusalFrom(response, answer), *after);
    throw refusalFrom(response, answer);
  }
  if (response.status >= 300 || !answer || answer->is_null()) {
    const bool isJson = answer && !answer->is_null();
    throw Refusal(networkError("BAD_RESPONSE",
                               "Orchestration error: BAD_RESPONSE — " + where(request) + " sent " +
                                   (isJson ? "a redirection" : "an answer that is not JSON") + " (HTTP " +
                                   std::to_string(response.status) + ")",
                               kCheckUrl),
                  response.status, false);
  }
  if (!answer->is_object()) throw badShape(request, "is no object");
  co_return std::move(*answer);
}

Error OrchestrationApi::badShape(const ApiRequest& request, const std::string& why) {
  return networkError("INVALID_RESPONSE_SHAPE", where(request) + " sent an answer that " + why, kCheckUrl);
}

Json OrchestrationApi::conform(const Json& part, peaq::FieldTable fields, const ApiRequest& request) {
  return peaq::conform(part, fields, where(request), peaq::Spelling::CamelCase);
}

Task<Json> OrchestrationApi::maybeItem(ApiRequest request, peaq::FieldTable fields) {
  const Json answer = co_await raw(request);
  const Json* item = findMember(answer, "item");
  if (!item) throw badShape(request, "has no 'item'");
  if (item->is_null()) co_return nullptr;
  co_return conform(*item, fields, request);
}

Task<Json> OrchestrationApi::item(ApiRequest request, peaq::FieldTable fields) {
  Json item = co_await maybeItem(request, fields);
  if (item.is_null()) throw badShape(request, "has no 'item'");
  co_return item;
}

Task<Page> OrchestrationApi::page(ApiRequest request, peaq::FieldTable fields) {
  Json answer = co_await raw(request);
  if (!answer.contains("items") || !answer["items"].is_array()) throw badShape(request, "has no list 'items'");
  Page page;
  for (Json& item : answer["items"]) {
    page.items.push_back(peaq::conformEntry(item, fields, where(request), "items", peaq::Spelling::CamelCase));
    item = nullptr;  // a long page is not kept twice
  }
  const Json* next = findMember(answer, "nextCursor");
  if (next && !next->is_null()) {
    if (!next->is_string()) throw badShape(request, "has a 'nextCursor' that is no text");
    // An empty cursor leads nowhere: it is the end.
    if (!next->get_ref<const std::string&>().empty()) page.nextCursor = next->get<std::string>();
  }
  co_return page;
}

}  // namespace peaqos::market
