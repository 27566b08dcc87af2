// SPDX-License-Identifier: Apache-2.0
#include "market/executions.hpp"

#include <utility>

#include "market/shapes.hpp"

namespace peaqos::market {
namespace {

Json partOf(const Json& object, std::string_view name) {
  const Json* part = findMember(object, name);
  return part ? *part : Json(nullptr);
}

bool isText(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  return member && member->is_string();
}

Json conformExecution(const Json& execution, const ApiRequest& request) {
  constexpr std::int64_t kDone = 200, kHandedOver = 202;
  const Json code = partOf(execution, "statusCode");
  Json out{{"status_code", code}};
  if (toInt64(code) == kDone) {
    out["run"] = OrchestrationApi::conform(partOf(execution, "run"), runFields(), request);
    out["outcome"] = OrchestrationApi::conform(partOf(execution, "outcome"), outcomeFields(), request);
    return out;
  }
  const Json handoff = partOf(execution, "handoff");
  if (toInt64(code) != kHandedOver || !isText(handoff, "label") || !isText(handoff, "url")) {
    throw OrchestrationApi::badShape(request, "tells no execution: it is neither done (200) nor handed over (202)");
  }
  out["handoff"] = OrchestrationApi::conform(handoff, handoffFields(), request);
  return out;
}

}  // namespace

Task<Json> execute(OrchestrationApi& api, std::string orderId, Json input) {
  Json body = Json::object();
  if (!input.is_null()) body["input"] = std::move(input);
  const ApiRequest request{"POST", "/market/orders/" + pathSegment(orderId, "the order's ID") + "/execute",
                           Asker::Agent, std::move(body)};
  const Json answer = co_await api.raw(request);
  co_return Json{{"order", OrchestrationApi::conform(partOf(answer, "order"), orderFields(), request)},
                 {"execution", conformExecution(partOf(answer, "execution"), request)}};
}

}  // namespace peaqos::market
