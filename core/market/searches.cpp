// SPDX-License-Identifier: Apache-2.0
#include "market/searches.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "market/shapes.hpp"

namespace peaqos::market {

Task<Json> search(OrchestrationApi& api, Json body, host::Conversation& conversation) {
  Json made = co_await api.item({"POST", "/market/search", Asker::Agent, std::move(body)}, searchFields());
  std::optional<Error> failure;
  try {
    const std::string path = "/market/searches/" + pathSegment(made["id"].get<std::string>(), "the search's ID");
    made = co_await api.item({"GET", path, api.hasPlatformKey() ? Asker::Platform : Asker::Agent}, searchFields());
  } catch (const Error& error) {
    if (error.kind == ErrorKind::Interrupted) throw;
    failure = error;
  }
  if (failure) {
    conversation.progress({.name = "search",
                           .state = "warning",
                           .facts = {{"text", "the search could not be read back (" + failure->message +
                                                  "); its first answer is shown"}}});
  }
  co_return made;
}

}  // namespace peaqos::market
