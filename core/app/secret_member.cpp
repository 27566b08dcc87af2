// SPDX-License-Identifier: Apache-2.0
#include "app/secret_member.hpp"

#include <string>
#include <utility>

#include "base/error.hpp"

namespace peaqos::app {
namespace {

Error missing(const char* name) { return inputError("MISSING_FIELD", std::string(name) + " is missing"); }

}  // namespace

Task<std::optional<Secret>> secretMember(Members& members, const char* name, Caller caller) {
  if (!members.flag(name)) co_return std::nullopt;
  auto answer = co_await caller.conversation.ask({.name = name, .text = name, .hidden = true});
  if (!answer) throw missing(name);
  co_return std::move(answer);
}

Task<Secret> requiredSecretMember(Members& members, const char* name, Caller caller) {
  auto secret = co_await secretMember(members, name, caller);
  if (!secret) throw missing(name);
  co_return std::move(*secret);
}

}  // namespace peaqos::app
