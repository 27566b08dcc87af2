// SPDX-License-Identifier: Apache-2.0
#include "app/operations.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/activate.hpp"
#include "app/failure.hpp"
#include "app/machine_queries.hpp"
#include "app/submit_event.hpp"
#include "app/whoami.hpp"
#include "base/error.hpp"

namespace peaqos::app {
namespace {

// Reads the members of a request, and tells when one was never asked for: a misspelt name must not be ignored.
class Members {
 public:
  explicit Members(const Json& request) : request_(request) {}

  std::optional<std::string> text(const char* name) {
    const Json* member = take(name);
    if (!member) return std::nullopt;
    if (isInteger(*member)) return numberText(*member);
    if (member->is_string()) return member->get<std::string>();
    throw inputError("BAD_FIELD", std::string(name) + " must be a text or a whole number");
  }
  std::string required(const char* name) {
    if (auto value = text(name)) return std::move(*value);
    throw inputError("MISSING_FIELD", std::string(name) + " is missing");
  }
  bool flag(const char* name) {
    const Json* member = take(name);
    if (!member) return false;
    if (member->is_boolean()) return member->get<bool>();
    throw inputError("BAD_FIELD", std::string(name) + " must be true or false");
  }
  std::optional<Secret> secret(const char* name) {
    const auto value = text(name);
    return value ? std::optional<Secret>(asBytes(*value)) : std::nullopt;
  }
  // Bytes travel as hexadecimal text.
  std::optional<Bytes> bytes(const char* name) {
    const auto hex = text(name);
    if (!hex) return std::nullopt;
    if (auto bytes = fromHex(*hex)) return bytes;
    throw inputError("BAD_FIELD", std::string(name) + " must be hexadecimal");
  }
  void refuseOthers() const {
    for (const auto& [name, value] : request_.items()) {
      if (std::ranges::find(known_, name) == known_.end()) {
        throw inputError("UNKNOWN_FIELD", "the request has an unknown member '" + name + "'");
      }
    }
  }

 private:
  const Json* take(const char* name) {
    known_.emplace_back(name);
    const Json* member = findMember(request_, name);
    return member && !member->is_null() ? member : nullptr;
  }

  const Json& request_;
  std::vector<std::string> known_;
};

Task<Json> callWhoami(Json request, Caller caller) {
  Members(request).refuseOthers();
  co_return toJson(co_await whoami(caller));
}

Task<Json> callActivate(Json request, Caller caller) {
  Members members(request);
  ActivateRequest typed{.docUrl = members.required("docUrl"),
                        .dataApi = members.required("dataApi"),
                        .visibility = members.text("visibility"),
                        .skipFunding = members.flag("skipFunding"),
                        .machine = members.text("for"),
                        .machineKey = members.secret("machineKey"),
                        .machineKeySource = "machineKey"};
  members.refuseOthers();
  co_return toJson(co_await activate(std::move(typed), caller));
}

Task<Json> callSubmitEvent(Json request, Caller caller) {
  Members members(request);
  SubmitEventRequest typed{.machineId = members.required("machineId"),
                           .type = members.required("type"),
                           .value = members.required("value"),
                           .ts = members.required("ts"),
                           .currency = members.text("currency"),
                           .trust = members.text("trust").value_or("self"),
                           .sourceChain = members.text("sourceChain").value_or("same"),
                           .sourceTx = members.text("sourceTx"),
                           .rawData = members.bytes("rawData"),
                           .metadata = members.bytes("metadata").value_or(Bytes())};
  members.refuseOthers();
  co_return toJson(co_await submitEvent(std::move(typed), caller));
}

template <Task<Json> (*query)(std::string, Caller)>
Task<Json> callQuery(Json request, Caller caller) {
  Members members(request);
  std::string did = members.required("did");
  members.refuseOthers();
  co_return co_await query(std::move(did), caller);
}

struct Operation {
  std::string_view name;
  Task<Json> (*run)(Json request, Caller caller);
};

constexpr Operation kOperations[] = {
    {"whoami", callWhoami},
    {"activate", callActivate},
    {"submitEvent", callSubmitEvent},
    {"queryMcr", callQuery<queryMcr>},
    {"queryMachine", callQuery<queryMachine>},
    {"queryOperatorMachines", callQuery<queryOperatorMachines>},
};

class Forwarding : public host::Conversation {
 public:
  explicit Forwarding(Sinks sinks) : sinks_(std::move(sinks)) {}
  void progress(const host::Progress& progress) override {
    if (!sinks_.progress) return;
    Json event{{"step", progress.step}, {"steps", progress.steps}, {"name", progress.name}, {"state", progress.state}};
    event.update(progress.facts);
    sinks_.progress(dumpJson(event));
  }
  Task<std::optional<Secret>> ask(host::Question question) override {
    if (!sinks_.ask) co_return std::nullopt;
    Json asked{{"name", question.name}, {"text", question.text}, {"hidden", question.hidden}};
    asked.update(question.facts);
    co_return co_await sinks_.ask(dumpJson(asked));
  }

 private:
  Sinks sinks_;
};

Task<Json> dispatch(const std::string& name, const std::string& requestJson, host::Host& host, Sinks sinks) {
  const auto operation = std::ranges::find(kOperations, name, &Operation::name);
  if (operation == std::end(kOperations))
    throw inputError("UNKNOWN_OPERATION", "no operation is called '" + name + "'");
  auto request = parseJson(requestJson);
  if (!request || !request->is_object()) throw inputError("BAD_REQUEST", "the request is not a JSON object");
  Forwarding conversation(std::move(sinks));
  co_return co_await operation->run(std::move(*request), Caller{host, conversation, Naming::Members});
}

Json failure(const Error& error) {
  return {
      {"ok", false},
      {"error", {{"kind", name(error.kind)}, {"code", error.code}, {"message", error.message}, {"hint", error.hint}}}};
}

}  // namespace

Task<std::string> call(std::string operation, std::string requestJson, host::Host& host, Sinks sinks) {
  std::exception_ptr thrown;
  try {
    const Json value = co_await dispatch(operation, requestJson, host, std::move(sinks));
    co_return dumpJson(Json{{"ok", true}, {"value", value}});
  } catch (...) {
    thrown = std::current_exception();
  }
  co_return dumpJson(failure(errorFrom(thrown)));
}

}  // namespace peaqos::app
