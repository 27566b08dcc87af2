// An RPC endpoint whose answers a test writes, on a clock that only sleeping moves.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "evm/rpc.hpp"
#include "host/host.hpp"
#include "host/http.hpp"

namespace peaqos::evm {

// The outcome of a task that never waits for anything real.
template <typename T>
T outcomeOf(Task<T> task) {
  task.start();
  return task.result();
}

class ScriptedEndpoint final : host::Transport, host::Clock, host::Environment {
 public:
  // Answers one request: `calls` are its JSON-RPC calls, one for an object.
  using Script = std::function<host::Response(const Json& calls)>;

  Script script = [](const Json& calls) { return replyTo(calls); };
  std::vector<Json> requests;    // the calls of every request
  std::vector<bool> replayable;  // as the requests were marked
  std::vector<std::chrono::milliseconds> sleeps;
  std::int64_t time = 1'795'426'035'000'000;  // microseconds; 2026-11-23T09:27:15Z

  RpcClient client(std::chrono::milliseconds patience = std::chrono::seconds(30)) {
    return RpcClient(http_, "http://node.example/v2/Abcdefghij0123456789x", patience);
  }

  // How many calls each request held.
  std::vector<std::size_t> sizes() const {
    std::vector<std::size_t> out;
    for (const Json& calls : requests) out.push_back(calls.size());
    return out;
  }

  static host::Response http(int status, const std::string& text, std::vector<host::Header> headers = {}) {
    const BytesView bytes = asBytes(text);
    return {.status = status, .headers = std::move(headers), .body = Bytes(bytes.begin(), bytes.end())};
  }

  // A call's reply: the result is the call's method.
  static Json result(const Json& call) { return {{"jsonrpc", "2.0"}, {"id", call["id"]}, {"result", call["method"]}}; }

  static Json error(const Json& call, std::int64_t code, const std::string& message) {
    return {{"jsonrpc", "2.0"}, {"id", call["id"]}, {"error", {{"code", code}, {"message", message}}}};
  }

  // An answer with one reply a call, in the form in which the calls came.
  static host::Response replyTo(const Json& calls, const std::function<Json(const Json&)>& reply = result,
                                int status = 200) {
    Json replies = Json::array();
    for (const Json& call : calls) replies.push_back(reply(call));
    return http(status, dumpJson(calls.size() == 1 ? replies[0] : replies));
  }

 private:
  // Verbs of a host that an RPC client never uses.
  template <typename Verbs>
  static Verbs& unused() {
    alignas(std::max_align_t) static std::byte nothing[sizeof(Verbs)];
    return *reinterpret_cast<Verbs*>(nothing);
  }

  Task<host::Response> send(host::Request request) override {
    Json body = parseJson(asText(request.body)).value();
    if (body.is_object()) body = Json::array({body});
    requests.push_back(body);
    replayable.push_back(request.replayable);
    co_return script(requests.back());
  }
  void cancelAll() override {}
  std::int64_t now() override { return time; }
  std::chrono::microseconds monotonic() override { return std::chrono::microseconds(time); }
  Task<void> sleep(std::chrono::milliseconds duration) override {
    sleeps.push_back(duration);
    time += std::chrono::microseconds(duration).count();
    co_return;
  }
  std::optional<std::string> get(const std::string&) override { return std::nullopt; }

  host::Host host_{*this, *this, unused<host::Random>(), *this, unused<host::Files>(), unused<host::Terminal>()};
  host::HttpClient http_{host_, std::chrono::seconds(30)};
};

// Calls with the methods "m1", "m2", ...
inline std::vector<RpcCall> callsOf(std::size_t count) {
  std::vector<RpcCall> calls;
  for (std::size_t i = 1; i <= count; ++i) calls.push_back({"m" + std::to_string(i)});
  return calls;
}

// The results of replies as texts; "error: <message>" for a refusal.
inline std::vector<std::string> textsOf(const std::vector<RpcReply>& replies) {
  std::vector<std::string> out;
  for (const RpcReply& reply : replies) {
    const auto* refusal = std::get_if<RpcError>(&reply);
    out.push_back(refusal ? "error: " + refusal->message : std::get<Json>(reply).get<std::string>());
  }
  return out;
}

// What a client that reads must bring, whatever stands in its way.
inline std::vector<std::string> methodsOf(std::size_t count) {
  std::vector<std::string> out;
  for (const RpcCall& call : callsOf(count)) out.push_back(call.method);
  return out;
}

}  // namespace peaqos::evm
