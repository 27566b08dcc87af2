// SPDX-License-Identifier: Apache-2.0
#include "cli/logging_transport.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/json.hpp"
#include "cli/output.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"

namespace peaqos::cli {
namespace {

// The JSON-RPC methods of a request, since their URL says nothing; never their parameters.
std::string methods(const host::Request& request) {
  const auto body = parseJson(asText(request.body));
  std::string out;
  for (const Json& call : body && body->is_array() ? *body : Json::array({body.value_or(nullptr)})) {
    const Json* method = findMember(call, "method");
    if (method && method->is_string()) out += " " + method->get<std::string>();
  }
  return out;
}

// Whether a request carries a credential of the Machine Market over a network without encryption.
bool isExposed(const host::Request& request) {
  const auto url = host::parseUrl(request.url);
  const bool local = url && (url->host == "localhost" || url->host == "127.0.0.1" || url->host == "::1");
  return url && url->scheme == "http" && !local &&
         (host::findHeader(request.headers, "x-api-key") || host::findHeader(request.headers, "x-agent-pairing-token"));
}

}  // namespace

void LoggingTransport::log(std::string_view text) const {
  say(host_.terminal, "DEBUG peaqos.http: " + std::string(text) + "\n");
}

Task<host::Response> LoggingTransport::send(host::Request request) {
  const std::string what = request.method + " " + host::redactUrl(request.url) + methods(request);
  if (isExposed(request) && !warned_) {
    log("warning: the Machine Market's key or token travels unencrypted; use https");
    warned_ = true;
  }
  const std::int64_t start = host_.clock.now();
  const auto elapsed = [&] { return " in " + std::to_string((host_.clock.now() - start) / 1000) + " ms"; };
  try {
    auto response = co_await host_.transport.send(std::move(request));
    log(what + " -> " + std::to_string(response.status) + elapsed());
    co_return response;
  } catch (const Error& error) {
    log(what + " -> " + error.code + elapsed());
    throw;
  }
}

}  // namespace peaqos::cli
