// Operations on the settings.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "app/members.hpp"
#include "app/operation.hpp"
#include "app/settings/settings.hpp"
#include "base/error.hpp"

namespace peaqos::app {
namespace {

Task<Json> callReadSettings(Json request, Caller caller) {
  Members(request).refuseOthers();
  co_return toJson(co_await readSettings(caller));
}

// {NAME: value}; null for a value that is secret and asked for.
Task<Json> callChangeSettings(Json request, Caller caller) {
  std::vector<Setting> changes;
  for (const auto& [name, value] : request.items()) {
    if (!value.is_string() && !value.is_null()) throw inputError("BAD_FIELD", name + " is not a text");
    changes.push_back({name, value.is_null() ? std::nullopt : std::optional(value.get<std::string>())});
  }
  co_return toJson(co_await changeSettings(std::move(changes), caller));
}

constexpr Operation kOperations[] = {
    {"readSettings", callReadSettings},
    {"changeSettings", callChangeSettings},
};

}  // namespace

std::span<const Operation> settingsOperations() { return kOperations; }

}  // namespace peaqos::app
