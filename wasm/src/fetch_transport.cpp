// SPDX-License-Identifier: Apache-2.0
#include "fetch_transport.hpp"

#include <emscripten.h>
#include <emscripten/fetch.h>

#include <algorithm>
#include <cctype>
#include <coroutine>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "host/transport_error.hpp"
#include "host/url.hpp"

namespace peaqos::wasm {
namespace {

using host::TransportFailure;

// Our own XMLHttpRequest takes what the core knows about a request as pseudo headers, whose names no HTTP header can
// have, tells in the same way (":repeated") that it sent a request twice, and answers a failure with its code in
// statusText. A browser's would refuse such names.
EM_JS(bool, takesHints, (), { return !!XMLHttpRequest.takesHints; });

bool hinted() {
  static const bool value = takesHints();
  return value;
}

struct Failure {
  TransportFailure kind;
  std::string detail;
};

Failure failureFrom(std::string_view statusText, double waited, std::chrono::milliseconds timeout) {
  const std::size_t blank = std::min(statusText.find(' '), statusText.size());
  for (int i = 0; i <= static_cast<int>(TransportFailure::Other); ++i) {
    const auto kind = static_cast<TransportFailure>(i);
    if (host::code(kind) == statusText.substr(0, blank)) return {kind, std::string(trim(statusText.substr(blank)))};
  }
  // A browser gives no reason; its time-outs are known by the clock.
  if (waited >= static_cast<double>(timeout.count())) return {TransportFailure::Timeout, {}};
  return {TransportFailure::Other, "no connection, or the server does not let web pages read its answers (CORS)"};
}

}  // namespace

// One request under way: an awaitable that owns every buffer that the fetch points into.
class Exchange {
 public:
  Exchange(FetchTransport& transport, const host::Request& request) : transport_(transport), request_(request) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  bool await_ready() const noexcept { return false; }

  void await_suspend(std::coroutine_handle<> waiter) {
    waiter_ = waiter;
    started_ = emscripten_get_now();
    collectHeaders();
    emscripten_fetch_attr_t attributes;
    emscripten_fetch_attr_init(&attributes);
    std::strncpy(attributes.requestMethod, request_.method.c_str(), sizeof attributes.requestMethod - 1);
    attributes.attributes = EMSCRIPTEN_FETCH_LOAD_TO_MEMORY;
    attributes.timeoutMSecs = static_cast<std::uint32_t>(request_.timeout.count());
    attributes.requestHeaders = headerPointers_.data();
    if (!request_.body.empty()) {
      attributes.requestData = reinterpret_cast<const char*>(request_.body.data());
      attributes.requestDataSize = request_.body.size();
    }
    attributes.userData = this;
    // Every status but 2xx comes through onerror, with its headers and body.
    attributes.onsuccess = attributes.onerror = [](emscripten_fetch_t* fetch) { self(fetch).ended(); };
    attributes.onprogress = [](emscripten_fetch_t* fetch) { self(fetch).grew(); };
    transport_.running_.insert(this);
    fetch_ = emscripten_fetch(&attributes, request_.url.c_str());
  }

  host::Response await_resume() {
    if (failure_) throw host::transportError(failure_->kind, request_, failure_->detail);
    return std::move(response_);
  }

  void fail(TransportFailure kind) {
    failure_ = Failure{kind, {}};
    close();
    waiter_.resume();
  }

 private:
  static Exchange& self(emscripten_fetch_t* fetch) { return *static_cast<Exchange*>(fetch->userData); }

  void collectHeaders() {
    std::vector<host::Header> all = request_.headers;
    if (hinted()) {
      all.push_back({":replayable", request_.replayable ? "1" : ""});
      all.push_back({":proxy", request_.proxy.value_or("")});
    }
    for (auto& [name, value] : all) {
      headers_.push_back(std::move(name));
      headers_.push_back(std::move(value));
    }
    for (const std::string& text : headers_) headerPointers_.push_back(text.c_str());
    headerPointers_.push_back(nullptr);
  }

  void grew() {
    if (fetch_->dataOffset > host::kLargestAnswer) fail(TransportFailure::TooLarge);
  }

  void ended() {
    if (fetch_->status == 0) {
      failure_ = failureFrom(fetch_->statusText, emscripten_get_now() - started_, request_.timeout);
    } else {
      response_.status = fetch_->status;
      response_.repeated = !hinted();  // a browser repeats requests on stale connections and says nothing
      takeHeaders();
      const auto* data = reinterpret_cast<const std::uint8_t*>(fetch_->data);
      if (data) response_.body.assign(data, data + fetch_->numBytes);
    }
    close();
    waiter_.resume();
  }

  void takeHeaders() {
    std::string text(emscripten_fetch_get_response_headers_length(fetch_) + 1, '\0');
    emscripten_fetch_get_response_headers(fetch_, text.data(), text.size());
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view line = std::string_view(text).substr(at, end - at);
      at = end + 1;
      if (line.starts_with(":repeated:")) response_.repeated = true;
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || colon == 0) continue;
      std::string name(line.substr(0, colon));
      std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      response_.headers.push_back({std::move(name), std::string(trim(line.substr(colon + 1)))});
    }
  }

  void close() {
    transport_.running_.erase(this);
    fetch_->__attributes.onerror = nullptr;  // closing an unfinished fetch would call it once more
    emscripten_fetch_close(fetch_);
  }

  FetchTransport& transport_;
  const host::Request& request_;
  std::coroutine_handle<> waiter_;
  double started_ = 0;
  std::vector<std::string> headers_;
  std::vector<const char*> headerPointers_;
  emscripten_fetch_t* fetch_ = nullptr;
  host::Response response_;
  std::optional<Failure> failure_;
};

Task<host::Response> FetchTransport::send(host::Request request) {
  // A browser's open() would throw through the module.
  if (!host::parseUrl(request.url)) throw host::transportError(TransportFailure::BadUrl, request);
  if (cancelled_) throw host::transportError(TransportFailure::Cancelled, request);
  Exchange exchange(*this, request);
  co_return co_await exchange;
}

void FetchTransport::cancelAll() {
  cancelled_ = true;
  for (Exchange* exchange : std::vector(running_.begin(), running_.end())) {
    if (running_.contains(exchange)) exchange->fail(TransportFailure::Cancelled);
  }
}

}  // namespace peaqos::wasm
