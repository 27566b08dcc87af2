// SPDX-License-Identifier: Apache-2.0
#include "support/weather.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace peaqos::test {

using evm::RpcError;
using evm::RpcReply;
using host::Response;
using host::TransportFailure;

bool RequestSeen::has(std::string_view method) const {
  return std::ranges::any_of(calls, [&](const RpcCallSeen& call) { return call.method == method; });
}

bool Rule::takes(const RequestSeen& request, const RpcCallSeen* call) {
  if (times_ == 0 || (until_ && request.time >= *until_) || (from_ && request.time < *from_)) return false;
  if (stage_ == Stage::Array && !request.array) return false;
  const bool named = methods_.empty() || std::ranges::any_of(methods_, [&](const std::string& method) {
                       return call ? call->method == method : request.has(method);
                     });
  if (!named || (condition_ && !condition_(request))) return false;
  if (skip_ > 0) {
    --skip_;
    return false;
  }
  if (times_ != std::numeric_limits<std::size_t>::max()) --times_;
  ++acted_;
  return true;
}

Rule* Weather::find(Rule::Stage stage, const RequestSeen& request, const RpcCallSeen* call) {
  for (const auto& rule : rules_) {
    if (rule->stage_ == stage && rule->takes(request, call)) return rule.get();
  }
  return nullptr;
}

void Weather::runHooks(const RequestSeen& request) {
  for (std::size_t i = 0; i < rules_.size(); ++i) {  // a hook may add rules
    Rule& rule = *rules_[i];
    if (rule.stage_ != Rule::Stage::Hook || !rule.takes(request, nullptr)) continue;
    const auto function = rule.run_;  // it may clear the weather
    function();
  }
}

void Weather::rearrange(const RequestSeen& request, Json& answers) {
  for (const auto& rule : rules_) {
    if (rule->stage_ == Rule::Stage::Answers && rule->takes(request, nullptr)) rule->rearrange_(answers);
  }
}

// Sets the parts of a rule that only this file knows the meaning of.
struct RuleMaker {
  static Rule failure(TransportFailure failure, bool works) {
    Rule rule;
    rule.failure_ = failure;
    rule.works_ = works;
    return rule;
  }
  static Rule response(Response response, bool works) {
    Rule rule;
    rule.response_ = std::move(response);
    rule.works_ = works;
    return rule;
  }
  static Rule delivery(std::size_t times, microseconds delay) {
    Rule rule;
    rule.works_ = true;
    rule.deliveries_ = times;
    rule.delay_ = delay;
    return rule;
  }
  static Rule refuseArray(std::function<std::optional<Response>(const RequestSeen&)> refuse) {
    Rule rule;
    rule.stage_ = Rule::Stage::Array;
    rule.refuse_ = std::move(refuse);
    return rule.always();
  }
  static Rule rearrange(std::function<void(Json&)> change) {
    Rule rule;
    rule.stage_ = Rule::Stage::Answers;
    rule.rearrange_ = std::move(change);
    return rule.always();
  }
  static Rule answer(std::function<RpcReply(const RpcCallSeen&, std::function<RpcReply()>)> answer) {
    Rule rule;
    rule.stage_ = Rule::Stage::Call;
    rule.answer_ = std::move(answer);
    return rule;
  }
  static Rule hook(std::function<void()> function) {
    Rule rule;
    rule.stage_ = Rule::Stage::Hook;
    rule.run_ = std::move(function);
    return rule;
  }
};

namespace weather {
namespace {

Response response(int code, const std::string& body, std::vector<host::Header> headers = {}) {
  return {.status = code, .headers = std::move(headers), .body = Bytes(asBytes(body).begin(), asBytes(body).end())};
}

Json errorObject(int code, const std::string& message) {
  return {{"jsonrpc", "2.0"}, {"id", nullptr}, {"error", {{"code", code}, {"message", message}}}};
}

Rule failing(RpcError error) {
  return RuleMaker::answer([error = std::move(error)](const RpcCallSeen&, const auto&) { return RpcReply(error); });
}

}  // namespace

Rule lostBeforeWork() { return RuleMaker::failure(TransportFailure::Reset, false); }
Rule lostAfterWork() { return RuleMaker::failure(TransportFailure::Reset, true); }
Rule timeoutBeforeWork() { return RuleMaker::failure(TransportFailure::Timeout, false); }
Rule timeoutAfterWork() { return RuleMaker::failure(TransportFailure::Timeout, true); }
Rule refusedConnection() { return RuleMaker::failure(TransportFailure::Refused, false); }
Rule slow(microseconds delay) { return RuleMaker::delivery(1, delay); }
Rule deliveredTwice() { return RuleMaker::delivery(2, microseconds(0)); }

Rule status(int code, std::string body, std::vector<host::Header> headers) {
  return RuleMaker::response(response(code, body, std::move(headers)), false);
}
Rule statusAfterWork(int code, std::string body) { return RuleMaker::response(response(code, body), true); }
Rule retryAfter(int code, int waitSeconds) {
  return status(code, "", {{.name = "retry-after", .value = std::to_string(waitSeconds)}});
}
Rule rubbish(std::string body) { return status(200, std::move(body)); }

Rule arraysRefused(int code, std::string body) {
  return RuleMaker::refuseArray([=](const RequestSeen&) { return response(code, body); });
}
Rule arraysRefusedByError(int code, std::string message) {
  return RuleMaker::refuseArray(
      [=](const RequestSeen&) { return response(200, dumpJson(errorObject(code, message))); });
}
Rule arraysRefusedByErrorInArray(int code, std::string message) {
  return RuleMaker::refuseArray(
      [=](const RequestSeen&) { return response(200, dumpJson(Json::array({errorObject(code, message)}))); });
}
Rule arraysLimited(std::size_t most, int httpStatus, std::string body) {
  return RuleMaker::refuseArray([=](const RequestSeen& request) {
    return request.calls.size() > most ? std::optional(response(httpStatus, body)) : std::nullopt;
  });
}
Rule partlyAnswered(std::size_t most) {
  return RuleMaker::rearrange([=](Json& answers) {
    while (answers.is_array() && answers.size() > most) answers.erase(answers.size() - 1);
  });
}
Rule shuffled() {
  return RuleMaker::rearrange([](Json& answers) {
    if (answers.is_array()) std::reverse(answers.begin(), answers.end());
  });
}
Rule stringIds() {
  return RuleMaker::rearrange([](Json& answers) {
    const auto change = [](Json& answer) { answer["id"] = dumpJson(answer["id"]); };
    if (!answers.is_array()) return change(answers);
    for (Json& answer : answers) change(answer);
  });
}
Rule foreignIds() {
  return RuleMaker::rearrange([](Json& answers) {
    const Json foreign{{"jsonrpc", "2.0"}, {"id", 987'654'321}, {"result", "0x1"}};
    if (answers.is_array()) {
      answers.insert(answers.begin(), foreign);
    } else {
      answers = foreign;
    }
  });
}

Rule rpcError(int code, std::string message, std::optional<Json> data) {
  return failing({.code = code, .message = std::move(message), .data = std::move(data)});
}
Rule errorAfterWork(int code, std::string message) {
  return RuleMaker::answer([=](const RpcCallSeen&, const auto& node) {
    node();
    return RpcReply(RpcError{.code = code, .message = message, .data = std::nullopt});
  });
}
Rule refusal(Family family, Refusal refusal) { return failing(refusalOf(family, refusal)); }
Rule words(const Words& words) { return failing(refusalFrom(words)); }
Rule result(Json value) {
  return RuleMaker::answer([value = std::move(value)](const RpcCallSeen&, const auto&) { return RpcReply(value); });
}
Rule null() { return result(Json()); }
Rule changed(std::function<void(Json&)> change) {
  return RuleMaker::answer([change = std::move(change)](const RpcCallSeen&, const auto& node) {
    RpcReply reply = node();
    if (auto* value = std::get_if<Json>(&reply); value && !value->is_null()) change(*value);
    return reply;
  });
}
Rule without(std::string member) {
  return changed([member = std::move(member)](Json& value) { value.erase(member); });
}
Rule with(std::string member, Json value) {
  return changed([member = std::move(member), value = std::move(value)](Json& changing) { changing[member] = value; });
}

Rule run(std::function<void()> function) { return RuleMaker::hook(std::move(function)); }

}  // namespace weather

}  // namespace peaqos::test
