// SPDX-License-Identifier: Apache-2.0
#include "host/http.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "host/proxy.hpp"
#include "host/redact_url.hpp"
#include "host/url.hpp"

namespace peaqos::host {

namespace {

// A line end in a value would make a header of what follows. The value itself may be secret.
void checkHeaders(const std::vector<Header>& headers) {
  const auto isPlain = [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\t'; };
  for (const auto& [name, value] : headers) {
    if (std::ranges::all_of(value, isPlain)) continue;
    throw inputError("BAD_HEADER", "what is to be sent as " + name + " holds a control character or is not ASCII",
                     "Give it anew, without line ends");
  }
}

}  // namespace

Task<Response> HttpClient::send(Request request) {
  checkHeaders(request.headers);
  const auto url = parseUrl(request.url);
  if (!url) {
    throw configurationError("BAD_URL", "'" + redactUrl(request.url) + "' is not an http or https URL",
                             "Give a URL such as https://host/path");
  }
  request.timeout = timeout_;
  request.proxy = proxyFor(*url, host_.environment);
  co_return co_await host_.transport.send(std::move(request));
}

Task<Response> HttpClient::get(std::string url) {
  Request request{.url = std::move(url), .headers = {{"accept", "application/json"}}, .replayable = true};
  co_return co_await send(std::move(request));
}

Task<Response> HttpClient::postJson(std::string url, std::string body, bool replayable) {
  const BytesView bytes = asBytes(body);
  Request request{.method = "POST",
                  .url = std::move(url),
                  .headers = {{"content-type", "application/json"}, {"accept", "application/json"}},
                  .body = Bytes(bytes.begin(), bytes.end()),
                  .replayable = replayable};
  co_return co_await send(std::move(request));
}

}  // namespace peaqos::host
