// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_search.hpp"

#include <utility>

#include "app/market/steps.hpp"
#include "app/signing/session.hpp"
#include "base/text.hpp"
#include "market/amounts.hpp"
#include "market/searches.hpp"
#include "market/user_json.hpp"

namespace peaqos::app {
namespace {

Json budgetOf(const SearchRequest& request, const Caller& caller) {
  Json budget = Json::object();
  if (request.budgetMax) budget["max"] = market::userNumber(*request.budgetMax, caller.fieldName("budget-max"));
  if (request.budgetAmount) {
    budget["amount"] = market::userNumber(*request.budgetAmount, caller.fieldName("budget-amount"));
  }
  if (request.budgetCurrency) budget["currency"] = *request.budgetCurrency;
  return budget;
}

Json bodyOf(const SearchRequest& request, const Caller& caller) {
  Json body{{"machineId", std::string(trim(request.machineId))}, {"serviceType", request.serviceType}};
  if (request.agentPairingId) body["agentPairingId"] = *request.agentPairingId;
  if (request.operation) body["operation"] = *request.operation;
  if (request.region) body["region"] = *request.region;
  if (!request.capabilities.empty()) body["requiredCapabilities"] = request.capabilities;
  if (request.maxResults) body["maxResults"] = market::userNumber(*request.maxResults, caller.fieldName("max-results"));
  if (request.allowHandoff) body["allowExternalHandoff"] = true;
  if (request.nativeOnly) body["requireNativeExecution"] = true;
  if (Json budget = budgetOf(request, caller); !budget.empty()) body["budget"] = std::move(budget);
  return body;
}

}  // namespace

Task<Json> search(SearchRequest request, Caller caller) {
  requiredText(request.machineId, caller.fieldName("machine-id"));
  requiredText(request.serviceType, caller.fieldName("service-type"));
  Json body = bodyOf(request, caller);
  Json credentials = nullptr;
  if (request.providerCredentials) {
    credentials = market::providerCredentials(asText(request.providerCredentials->expose()), request.credentialsName);
  }
  const auto session = co_await Session::open(caller);
  auto api = session->agentMarketWithKey(std::move(request.pairingToken));
  api.hideTexts(credentials);
  if (!credentials.is_null()) body["providerCredentials"] = std::move(credentials);
  caller.conversation.progress(
      {.name = "search", .state = "searching", .facts = {{"service_type", request.serviceType}}});
  co_return co_await market::search(api, std::move(body), caller.conversation);
}

}  // namespace peaqos::app
