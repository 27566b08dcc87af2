// SPDX-License-Identifier: Apache-2.0
#include "market/searches.hpp"

#include <utility>

#include "market/shapes.hpp"

namespace peaqos::market {

Task<Json> search(OrchestrationApi& api, Json body) {
  Json made = co_await api.item({"POST", "/market/search", Asker::Agent, std::move(body)}, searchFields());
  const std::string path = "/market/searches/" + pathSegment(made["id"].get<std::string>(), "the search's ID");
  try {
    made = co_await api.item({"GET", path, Asker::Agent}, searchFields());
  } catch (const Refusal& refusal) {
    if (refusal.status != 404 && refusal.status != 405) throw;
  }
  co_return made;
}

}  // namespace peaqos::market
