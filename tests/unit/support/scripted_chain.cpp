// SPDX-License-Identifier: Apache-2.0
#include "support/scripted_chain.hpp"

#include <algorithm>
#include <utility>

#include "host/transport_error.hpp"

namespace peaqos::test {
namespace {

using evm::RpcError;
using evm::RpcReply;
using host::Response;

Response jsonResponse(const Json& body, int status = 200) {
  const std::string text = dumpJson(body);
  return {.status = status,
          .headers = {{.name = "content-type", .value = "application/json"}},
          .body = Bytes(asBytes(text).begin(), asBytes(text).end())};
}

Json errorJson(const Json& id, const RpcError& error) {
  Json body{{"code", error.code}, {"message", error.message}};
  if (error.data) body["data"] = *error.data;
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", std::move(body)}};
}

std::optional<RpcCallSeen> callFrom(const Json& json) {
  const Json* id = findMember(json, "id");
  const Json* params = findMember(json, "params");
  std::string method = textOrEmpty(json, "method");
  if (!id || method.empty()) return std::nullopt;
  return RpcCallSeen{*id, std::move(method), params ? *params : Json::array()};
}

}  // namespace

ScriptedChain::ScriptedChain(World& world, ChainSettings settings, std::string endpoint, std::uint64_t seed)
    : url(std::move(endpoint)), truth(world.loop, std::move(settings)), world_(world), random_(seed) {
  world.network.serve(url, *this);
}

std::size_t ScriptedChain::count(std::string_view method) const {
  return static_cast<std::size_t>(std::ranges::count(log, method, &LoggedCall::method));
}

std::size_t ScriptedChain::choose(const std::string& client) {
  switch (balance) {
    case Balance::RoundRobin: return next_++ % backends.size();
    case Balance::Sticky: return clients_.try_emplace(client, clients_.size()).first->second % backends.size();
    case Balance::Random: break;
  }
  return random_() % backends.size();
}

std::optional<RequestSeen> ScriptedChain::read(const host::Request& request) const {
  const auto body = parseJson(asText(request.body));
  if (!body || request.method != "POST") return std::nullopt;
  RequestSeen seen{.array = body->is_array(), .calls = {}, .time = world_.loop.now()};
  const Json list = seen.array ? *body : Json::array({*body});
  for (const Json& json : list) {
    auto call = callFrom(json);
    if (!call) return std::nullopt;
    seen.calls.push_back(std::move(*call));
  }
  return seen.calls.empty() ? std::nullopt : std::optional(std::move(seen));
}

Json ScriptedChain::answerCall(const RequestSeen& request, const RpcCallSeen& call, std::size_t backend,
                               LoggedCall& entry) {
  const auto node = [&] {
    return Node(truth, world_.loop, backends[backend], static_cast<int>(backend)).call(call.method, call.params);
  };
  Rule* rule = weather.find(Rule::Stage::Call, request, &call);
  const RpcReply reply = rule ? rule->answer_(call, node) : node();
  if (const auto* error = std::get_if<RpcError>(&reply)) {
    entry.outcome = std::to_string(error->code) + " " + error->message;
    return errorJson(call.id, *error);
  }
  const Json& result = std::get<Json>(reply);
  entry.outcome = result.is_null() ? "null" : "ok";
  return {{"jsonrpc", "2.0"}, {"id", call.id}, {"result", result}};
}

Json ScriptedChain::work(const RequestSeen& request, std::size_t backend, std::size_t firstEntry) {
  Json answers = Json::array();
  for (std::size_t i = 0; i < request.calls.size(); ++i) {
    answers.push_back(answerCall(request, request.calls[i], backend, log[firstEntry + i]));
  }
  return request.array ? answers : answers[0];
}

Answer ScriptedChain::answer(const host::Request& httpRequest, const std::string& client) {
  const std::size_t number = requests_++;
  const auto request = read(httpRequest);
  if (!request) {
    return {jsonResponse(errorJson(nullptr, {.code = -32700, .message = "Parse error", .data = std::nullopt}), 400)};
  }
  weather.runHooks(*request);

  const std::size_t backend = choose(client);
  const std::size_t firstEntry = log.size();
  const auto note = [&](const std::string& outcome) {
    for (std::size_t i = firstEntry; i < log.size(); ++i)
      log[i].outcome += log[i].outcome.empty() ? outcome : ", " + outcome;
  };
  for (const RpcCallSeen& call : request->calls) {
    log.push_back({request->time, client, number, backend, call.method, call.params, {}});
  }

  Rule* rule = weather.find(Rule::Stage::Request, *request);
  if (rule && !rule->works_) {
    if (rule->failure_) {
      note(std::string(host::code(*rule->failure_)));
      return {*rule->failure_};
    }
    note("HTTP " + std::to_string(rule->response_->status));
    return {*rule->response_};
  }
  if (Rule* arrayRule = weather.find(Rule::Stage::Array, *request)) {
    if (auto refusal = arrayRule->refuse_(*request)) {
      note("array refused");
      return {std::move(*refusal)};
    }
  }

  Json answers = work(*request, backend, firstEntry);
  if (rule) {
    for (std::size_t delivery = 1; delivery < rule->deliveries_; ++delivery) {
      answers = work(*request, backend, firstEntry);
    }
  }
  weather.rearrange(*request, answers);
  if (!rule) return {jsonResponse(answers)};
  if (rule->failure_) {
    note(std::string(host::code(*rule->failure_)));
    return {*rule->failure_};
  }
  if (rule->response_) {
    note("HTTP " + std::to_string(rule->response_->status));
    return {*rule->response_};
  }
  Response response = jsonResponse(answers);
  response.repeated = rule->deliveries_ > 1;
  return {std::move(response), rule->delay_};
}

}  // namespace peaqos::test
