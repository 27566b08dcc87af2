// SPDX-License-Identifier: Apache-2.0
#include "script.hpp"

#include <chrono>
#include <coroutine>
#include <exception>
#include <utility>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "crypto/keccak.hpp"
#include "file_steps.hpp"
#include "host/http.hpp"

namespace peaqos::probe {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kLongestShown = 4096;
constexpr std::int64_t kDefaultTimeout = 30'000;

// A coroutine that nobody awaits: the core itself has none, so several requests at once need one here.
struct Detached {
  struct promise_type {
    Detached get_return_object() const noexcept { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
};

// Awaits until as many jobs as it was made for have left.
class Gate {
 public:
  explicit Gate(std::size_t jobs) : jobs_(jobs) {}
  void leave() {
    if (--jobs_ == 0 && waiter_) waiter_.resume();
  }
  bool await_ready() const { return jobs_ == 0; }
  void await_suspend(std::coroutine_handle<> waiter) { waiter_ = waiter; }
  void await_resume() const {}

 private:
  std::size_t jobs_;
  std::coroutine_handle<> waiter_;
};

std::string textOf(const Json& object, std::string_view name, std::string otherwise) {
  const Json* value = findMember(object, name);
  return value ? value->get<std::string>() : otherwise;
}

std::int64_t numberOf(const Json& object, std::string_view name, std::int64_t otherwise) {
  const Json* value = findMember(object, name);
  return value ? value->get<std::int64_t>() : otherwise;
}

Bytes bodyOf(const Json& step) {
  if (const auto hex = fromHex(textOf(step, "bodyHex", ""))) {
    if (!hex->empty()) return *hex;
  }
  Bytes body(static_cast<std::size_t>(numberOf(step, "bodyLength", 0)));
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<std::uint8_t>(i % 251);
  return body;
}

host::Request requestOf(const Json& step) {
  host::Request request{.method = textOf(step, "method", "GET"), .url = textOf(step, "url", ""), .body = bodyOf(step)};
  if (const Json* headers = findMember(step, "headers")) {
    for (const Json& pair : *headers) {
      request.headers.push_back({pair.at(0).get<std::string>(), pair.at(1).get<std::string>()});
    }
  }
  const Json* replayable = findMember(step, "replayable");
  request.replayable = replayable && replayable->get<bool>();
  return request;
}

Json jsonOf(const host::Response& response) {
  Json headers = Json::array();
  for (const auto& [name, value] : response.headers) headers.push_back(Json::array({name, value}));
  Json json = {{"status", response.status}, {"headers", std::move(headers)}};
  if (response.repeated) json["repeated"] = true;
  if (response.body.size() <= kLongestShown) {
    json["bodyHex"] = toHex(response.body);
  } else {
    json["bodyLength"] = response.body.size();
    json["keccak256"] = toHex(crypto::keccak256(response.body));
  }
  return json;
}

Task<Json> outcomeOf(const Json& step, host::Host& host) {
  try {
    host::HttpClient client(host, milliseconds(numberOf(step, "timeoutMs", kDefaultTimeout)));
    co_return jsonOf(co_await client.send(requestOf(step)));
  } catch (const Error& error) {
    co_return Json{{"code", error.code}, {"message", error.message}};
  }
}

Detached send(const Json& step, host::Host& host, Json& outcome, Gate& gate) {
  outcome = co_await outcomeOf(step, host);
  gate.leave();
}

Detached cancelAfter(milliseconds wait, host::Host& host, Gate& gate) {
  co_await host.clock.sleep(wait);
  host.transport.cancelAll();
  gate.leave();
}

Task<Json> outcomesOf(const Json& together, std::optional<std::int64_t> cancelAfterMs, host::Host& host) {
  Json outcomes = Json::array();
  for (std::size_t i = 0; i < together.size(); ++i) outcomes.push_back(nullptr);
  Gate gate(together.size() + (cancelAfterMs ? 1 : 0));
  for (std::size_t i = 0; i < together.size(); ++i) send(together[i], host, outcomes[i], gate);
  if (cancelAfterMs) cancelAfter(milliseconds(*cancelAfterMs), host, gate);
  co_await gate;
  co_return outcomes;
}

}  // namespace

Task<std::string> perform(std::string script, host::Host& host) {
  const Json steps = Json::parse(script);
  Json all = Json::array();
  for (const Json& step : steps) {
    if (const Json* pause = findMember(step, "sleepMs")) {
      co_await host.clock.sleep(milliseconds(pause->get<std::int64_t>()));
    } else if (const Json* together = findMember(step, "together")) {
      const Json* cancelling = findMember(step, "cancelAfterMs");
      for (Json& outcome : co_await outcomesOf(*together, cancelling ? toInt64(*cancelling) : std::nullopt, host)) {
        all.push_back(std::move(outcome));
      }
    } else if (findMember(step, "file")) {
      all.push_back(co_await fileOutcome(step, host));
    } else {
      all.push_back(co_await outcomeOf(step, host));
    }
  }
  co_return dumpJson(all);
}

}  // namespace peaqos::probe
