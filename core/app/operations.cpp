// SPDX-License-Identifier: Apache-2.0
#include "app/operations.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/failure.hpp"
#include "app/operation.hpp"
#include "base/error.hpp"

namespace peaqos::app {
namespace {

const Operation& find(const std::string& name) {
  for (const auto table : {machineOperations(), recordOperations(), lifecycleOperations(), settingsOperations(),
                           walletOperations(), marketOperations()}) {
    const auto operation = std::ranges::find(table, name, &Operation::name);
    if (operation != table.end()) return *operation;
  }
  throw inputError("UNKNOWN_OPERATION", "no operation is called '" + name + "'");
}

// An event as programs get it: its own members, and its facts beside them. A fact that has the name of a member gets
// the prefix "fact_", so that the members are always what they are documented to be.
Json withFacts(Json event, const Json& facts) {
  for (const auto& [name, value] : facts.items()) event[event.contains(name) ? "fact_" + name : name] = value;
  return event;
}

class Forwarding : public host::Conversation {
 public:
  explicit Forwarding(Sinks sinks) : sinks_(std::move(sinks)) {}
  void progress(const host::Progress& progress) override {
    if (!sinks_.progress) return;
    Json event{{"step", progress.step}, {"steps", progress.steps}, {"name", progress.name}, {"state", progress.state}};
    sinks_.progress(dumpJson(withFacts(std::move(event), progress.facts)));
  }
  Task<std::optional<Secret>> ask(host::Question question) override {
    if (!sinks_.ask) co_return std::nullopt;
    Json asked{{"name", question.name}, {"text", question.text}, {"hidden", question.hidden}};
    co_return co_await sinks_.ask(dumpJson(withFacts(std::move(asked), question.facts)));
  }
  bool approves() const override { return sinks_.approves; }

 private:
  Sinks sinks_;
};

Task<Json> dispatch(const std::string& name, const std::string& requestJson, host::Host& host, Sinks sinks,
                    std::shared_ptr<SendRecord> sent) {
  const Operation& operation = find(name);
  auto request = parseJson(requestJson);
  if (!request || !request->is_object()) throw inputError("BAD_REQUEST", "the request is not a JSON object");
  Forwarding conversation(std::move(sinks));
  co_return co_await operation.run(
      std::move(*request),
      Caller{.host = host, .conversation = conversation, .naming = Naming::Members, .sent = std::move(sent)});
}

}  // namespace

Task<std::string> call(std::string operation, std::string requestJson, host::Host& host, Sinks sinks) {
  std::exception_ptr thrown;
  const auto sent = std::make_shared<SendRecord>();
  try {
    const Json value = co_await dispatch(operation, requestJson, host, std::move(sinks), sent);
    co_return dumpJson(Json{{"ok", true}, {"value", value}});
  } catch (...) {
    thrown = std::current_exception();
  }
  Error error = errorFrom(thrown, *sent);
  error.hint = withMemberNames(error.hint);
  co_return dumpJson(Json{{"ok", false}, {"error", withContext(toJson(error), thrown)}});
}

}  // namespace peaqos::app
