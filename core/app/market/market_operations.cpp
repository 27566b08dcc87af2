// Operations on the Machine Market: machines, agents, services, orders.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "app/market/market_orders.hpp"
#include "app/market/market_queries.hpp"
#include "app/market/market_search.hpp"
#include "app/market/onboard_machine.hpp"
#include "app/market/pair_agent.hpp"
#include "app/members.hpp"
#include "app/operation.hpp"
#include "app/secret_member.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

// An operation that the person declined has no result.
Json orNull(std::optional<Json> result) { return result ? std::move(*result) : Json(nullptr); }

// Goes into a header, and mostly comes from a file, with its line end.
Task<Secret> pairingToken(Members& members, Caller caller) {
  const Secret given = co_await requiredSecretMember(members, "pairingToken", caller);
  const BytesView bytes = given.expose();
  const std::string_view token = trim({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!token.empty() && std::ranges::all_of(token, [](char c) { return c > 0x20 && c < 0x7F; })) {
    co_return Secret(asBytes(token));
  }
  throw inputError("BAD_FIELD", "pairingToken is empty, or holds a blank, a control character or a letter beyond ASCII",
                   "Give the token as the Machine Market gave it");
}

Json labelsOf(Members& members) {
  const auto text = members.objectText("labels");
  if (!text) return Json::object();
  auto labels = parseJson(*text);
  const auto isText = [](const Json& value) { return value.is_string(); };
  if (labels && labels->is_object() && std::ranges::all_of(*labels, isText)) return std::move(*labels);
  throw inputError("BAD_FIELD", "labels must be an object of texts");
}

market::Agent agentOf(Members& members) {
  return {.address = members.required("agentAddress"),
          .provider = members.required("agentProvider"),
          .role = members.required("agentRole"),
          .did = members.text("agentDid")};
}

Task<Json> callOnboard(Json request, Caller caller) {
  Members members(request);
  OnboardRequest typed{.identityRef = members.required("identityRef"),
                       .displayName = members.required("displayName"),
                       .ownerId = members.required("ownerId"),
                       .machineType = members.required("machineType"),
                       .runtimeProfile = members.required("runtimeProfile"),
                       .capabilities = members.texts("capabilities"),
                       .skillKeys = members.texts("skillKeys"),
                       .labels = labelsOf(members),
                       .identityKey = co_await secretMember(members, "identityKey", caller),
                       .identityKeySource = "identityKey",
                       .skipActivate = members.flag("skipActivate"),
                       .yes = members.flag("yes")};
  members.refuseOthers();
  co_return orNull(co_await onboardMachine(std::move(typed), caller));
}

Task<Json> callMachine(Json request, Caller caller) {
  Members members(request);
  std::string id = members.required("machineId");
  members.refuseOthers();
  co_return co_await marketMachine(std::move(id), caller);
}

Task<Json> callMachines(Json request, Caller caller) {
  Members(request).refuseOthers();
  co_return co_await marketMachines(caller);
}

Task<AgentProof> agentProof(Members& members, const Caller& caller) {
  co_return AgentProof{.key = co_await secretMember(members, "agentKey", caller), .keySource = "agentKey"};
}

Task<Json> callPair(Json request, Caller caller) {
  Members members(request);
  PairRequest typed{.machineId = members.required("machineId"),
                    .agent = agentOf(members),
                    .proof = co_await agentProof(members, caller),
                    .description = members.text("description"),
                    .perTransactionLimit = members.text("perTransactionLimit"),
                    .dailySpendLimit = members.text("dailySpendLimit"),
                    .currency = members.text("currency"),
                    .allowedSkills = members.texts("allowedSkills"),
                    .deniedSkills = members.texts("deniedSkills"),
                    .allowedServices = members.texts("allowedServices"),
                    .deniedServices = members.texts("deniedServices"),
                    .yes = members.flag("yes")};
  members.refuseOthers();
  co_return orNull(co_await pairAgent(std::move(typed), caller));
}

Task<Json> callSession(Json request, Caller caller) {
  Members members(request);
  SessionRequest typed{.machineId = members.required("machineId"),
                       .agentPairingId = members.required("agentPairingId"),
                       .agent = agentOf(members),
                       .proof = co_await agentProof(members, caller)};
  members.refuseOthers();
  co_return co_await createAgentPairingSession(std::move(typed), caller);
}

Task<Json> callSearch(Json request, Caller caller) {
  Members members(request);
  SearchRequest typed{.machineId = members.required("machineId"),
                      .serviceType = members.required("serviceType"),
                      .pairingToken = co_await pairingToken(members, caller),
                      .agentPairingId = members.text("agentPairingId"),
                      .operation = members.text("operation"),
                      .region = members.text("region"),
                      .capabilities = members.texts("capabilities"),
                      .maxResults = members.text("maxResults"),
                      .budgetAmount = members.text("budgetAmount"),
                      .budgetMax = members.text("budgetMax"),
                      .budgetCurrency = members.text("budgetCurrency"),
                      .nativeOnly = members.flag("nativeOnly"),
                      .allowHandoff = members.flag("allowHandoff"),
                      .providerCredentials = co_await secretMember(members, "providerCredentials", caller),
                      .credentialsName = "providerCredentials"};
  members.refuseOthers();
  co_return co_await search(std::move(typed), caller);
}

Task<Json> callPlaceOrder(Json request, Caller caller) {
  Members members(request);
  PlaceOrderRequest typed{.serviceId = members.required("serviceId"),
                          .machineId = members.required("machineId"),
                          .agentPairingId = members.required("agentPairingId"),
                          .pairingToken = co_await pairingToken(members, caller),
                          .searchId = members.text("searchId"),
                          .quoteId = members.text("quoteId"),
                          .operation = members.text("operation"),
                          .budgetAmount = members.text("budgetAmount"),
                          .budgetCurrency = members.text("budgetCurrency"),
                          .input = members.objectText("input"),
                          .providerCredentials = co_await secretMember(members, "providerCredentials", caller),
                          .inputName = "input",
                          .credentialsName = "providerCredentials",
                          .paymentTxHash = members.text("paymentTxHash"),
                          .paymentChain = members.text("paymentChain"),
                          .paymentToken = members.text("paymentToken"),
                          .skipPayment = members.flag("skipPayment"),
                          .yes = members.flag("yes")};
  members.refuseOthers();
  co_return orNull(co_await placeOrder(std::move(typed), caller));
}

Task<Json> callOrder(Json request, Caller caller) {
  Members members(request);
  std::string id = members.required("orderId");
  members.refuseOthers();
  co_return co_await orderStatus(std::move(id), caller);
}

Task<Json> callOrders(Json request, Caller caller) {
  Members members(request);
  OrdersRequest typed{
      .machineId = members.required("machineId"), .limit = members.text("limit"), .cursor = members.text("cursor")};
  members.refuseOthers();
  co_return co_await orders(std::move(typed), caller);
}

Task<Json> callConfirmOrder(Json request, Caller caller) {
  Members members(request);
  std::string id = members.required("orderId");
  Secret token = co_await pairingToken(members, caller);
  members.refuseOthers();
  co_return co_await confirmOrder(std::move(id), std::move(token), caller);
}

Task<Json> callDisputeOrder(Json request, Caller caller) {
  Members members(request);
  DisputeRequest typed{.orderId = members.required("orderId"),
                       .reason = members.required("reason"),
                       .pairingToken = co_await pairingToken(members, caller),
                       .evidence = members.objectText("evidence"),
                       .evidenceName = "evidence",
                       .yes = members.flag("yes")};
  members.refuseOthers();
  co_return orNull(co_await disputeOrder(std::move(typed), caller));
}

constexpr Operation kOperations[] = {
    {"onboardMachine", callOnboard},
    {"machine", callMachine},
    {"machines", callMachines},
    {"pairAgent", callPair},
    {"createAgentPairingSession", callSession},
    {"search", callSearch},
    {"placeOrder", callPlaceOrder},
    {"order", callOrder},
    {"orders", callOrders},
    {"confirmOrder", callConfirmOrder},
    {"disputeOrder", callDisputeOrder},
};

}  // namespace

std::span<const Operation> marketOperations() { return kOperations; }

}  // namespace peaqos::app
