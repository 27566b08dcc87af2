// SPDX-License-Identifier: Apache-2.0
#include "app/machine/consent.hpp"

#include <utility>

#include "base/error.hpp"

namespace peaqos::app {
namespace {

Json listOf(const Rows& rows) {
  Json list = Json::array();
  for (const auto& [label, value] : rows) list.push_back(Json::array({label, value}));
  return list;
}

}  // namespace

Task<void> agree(Caller caller, Consent consent, std::string title, Rows rows, std::string question, Json more) {
  Json facts{{"title", title}, {"rows", listOf(rows)}};
  facts.update(more);
  caller.conversation.progress({.name = "plan", .state = "shown", .facts = facts});
  if (consent != Consent::Ask) co_return;
  const bool agreed = co_await host::confirm(caller.conversation, {.name = "agree",
                                                                   .text = std::move(question),
                                                                   .instead = "Add -y to go on without asking",
                                                                   .personOnly = true,
                                                                   .facts = std::move(facts)});
  if (!agreed) throw inputError("DECLINED", "Aborted! Nothing was sent");
}

Json toJson(const Rows& rows) {
  Json object = Json::object();
  for (const auto& [label, value] : rows) object[label] = value;
  return object;
}

}  // namespace peaqos::app
