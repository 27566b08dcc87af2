// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/machine_state.hpp"

#include <iterator>
#include <utility>

#include "peaq/contracts.hpp"
#include "peaq/v2/calls.hpp"

namespace peaqos::peaq::v2 {
namespace {

// Where each reply stands.
enum At : std::uint8_t {
  kOwnerReply,
  kDocumentReply,
  kSubscriptionReply,
  kStatus,
  kGeneral,
  kTechnical,
  kOperator,
  kAvailable,
  kRelocating,
  kHomeChain,
  kHomed,
};

std::string whatOf(std::string_view method, const evm::U256& id) {
  return std::string(method) + " of machine " + id.toDecimal();
}

Error badForm(const std::string& what) {
  return networkError("BAD_RPC_ANSWER", "the contract's answer for " + what + " has an unexpected form",
                      "Check PEAQOS_RPC_URL and PEAQOS_DEPLOYMENT_ID");
}

std::uint64_t smallFrom(const evm::RpcReply& reply, const std::string& what) {
  if (const auto number = numberFrom(reply, what).toUint64()) return *number;
  throw badForm(what);
}

// Whether a token is there: a read of one that is not answers with its own error.
bool isThere(const evm::RpcReply& owner) {
  const auto revert = revertOf(owner);
  return !revert || revert->name != "ERC721NonexistentToken";
}

std::string text(std::uint64_t number) { return std::to_string(number); }

}  // namespace

std::string tierWord(std::uint64_t tier) {
  return tier < std::size(kTiers) ? std::string(kTiers[static_cast<std::size_t>(tier)]) : text(tier);
}

std::vector<evm::RpcCall> stateCalls(const Roles& roles, const evm::U256& id) {
  return {readCall(roles.machineRegistry, registry::kOwnerOf, {id}),
          readCall(roles.machineRegistry, registry::kDidDocument, {id}),
          readCall(roles.machineSubscription, subscription::kSubscriptions, {id}),
          readCall(roles.machineSubscription, subscription::kSubscriptionStatus, {id}),
          readCall(roles.machineStateAndSync, state::kIsGeneralPaused, {id}),
          readCall(roles.machineStateAndSync, state::kIsTechnicalPaused, {id}),
          readCall(roles.machineStateAndSync, state::kIsOperatorPaused, {id}),
          readCall(roles.machineStateAndSync, state::kIsMachineAvailable, {id}),
          readCall(roles.machineStateAndSync, state::kIsRelocating, {id}),
          readCall(roles.crossChainMirror, mirror::kHomeChainOf, {id}),
          readCall(roles.crossChainMirror, mirror::kIsHomedLocally, {id})};
}

MachineState stateFrom(std::span<const evm::RpcReply> replies, const evm::U256& id) {
  MachineState out{.id = id, .owner = {}};
  out.homeChain = smallFrom(replies[kHomeChain], whatOf("the home chain", id));
  out.homedLocally = flagFrom(replies[kHomed], whatOf("isHomedLocally", id));
  if (!isThere(replies[kOwnerReply])) return out;
  out.owner = addressFrom(replies[kOwnerReply], whatOf("the owner", id));
  const std::string what = whatOf("the DID document", id);
  auto document = documentFrom(evm::dataOf(replies[kDocumentReply], what));
  if (!document) throw badForm(what);
  out.document = std::move(*document);
  const std::string period = whatOf("the subscription", id);
  const auto subscribed = subscriptionFrom(evm::dataOf(replies[kSubscriptionReply], period));
  const auto status = subscriptionStatusFrom(numberFrom(replies[kStatus], period));
  if (!subscribed || !status) throw badForm(period);
  out.subscription = *subscribed;
  out.status = *status;
  out.generallyPaused = flagFrom(replies[kGeneral], whatOf("isGeneralPaused", id));
  out.technicallyPaused = flagFrom(replies[kTechnical], whatOf("isTechnicalPaused", id));
  out.pausedByOperator = flagFrom(replies[kOperator], whatOf("isOperatorPaused", id));
  out.available = flagFrom(replies[kAvailable], whatOf("isMachineAvailable", id));
  out.relocating = flagFrom(replies[kRelocating], whatOf("isRelocating", id));
  return out;
}

Error absence(const MachineState& machine) {
  const std::string id = machine.id.toDecimal();
  if (machine.homeChain != 0 && !machine.homedLocally) {
    return networkError(
        "MACHINE_HOMED_ELSEWHERE",
        "machine " + id + " lives on chain " + std::to_string(machine.homeChain) + " of the protocol, not on this one",
        "Use the deployment of that chain");
  }
  return networkError("MACHINE_NOT_FOUND", "no machine has the ID " + id,
                      "Check the ID and PEAQOS_DEPLOYMENT_ID; peaqos machine id computes it");
}

Json toJson(const DidDocument& document) {
  Json methods = Json::array();
  for (const VerificationMethod& method : document.verificationMethods) {
    methods.push_back({{"id", method.id},
                       {"method_type", method.methodType},
                       {"controller", evm::toChecksum(method.controller)},
                       {"public_key_multibase", method.publicKeyMultibase}});
  }
  Json authentication = Json::array();
  for (const evm::U256& index : document.authentication) authentication.push_back(index.toDecimal());
  Json endpoints = Json::array();
  for (const ServiceEndpoint& endpoint : document.serviceEndpoints) {
    endpoints.push_back(
        {{"id", endpoint.id}, {"service_type", endpoint.serviceType}, {"service_endpoint", endpoint.serviceEndpoint}});
  }
  return {{"id", document.id},
          {"controller", evm::toChecksum(document.controller)},
          {"verification_methods", std::move(methods)},
          {"authentication", std::move(authentication)},
          {"service_endpoints", std::move(endpoints)}};
}

Json subscriptionJson(const MachineState& machine) {
  const Subscription& subscription = machine.subscription;
  return {{"machine_id", machine.id.toDecimal()},
          {"status", name(machine.status)},
          {"tier", text(subscription.tier)},
          {"tier_name", tierWord(subscription.tier)},
          {"period_start", text(subscription.periodStart)},
          {"period_end", text(subscription.periodEnd)},
          {"bonded_amount", subscription.bondedAmount.toDecimal()},
          {"accumulated_points", subscription.accumulatedPoints.toDecimal()}};
}

Json toJson(const MachineState& machine) {
  const bool lapsed =
      machine.status != SubscriptionStatus::NotActivated && machine.status != SubscriptionStatus::Active;
  return {{"machine_id", machine.id.toDecimal()},
          {"owner", machine.owner ? Json(evm::toChecksum(*machine.owner)) : Json(nullptr)},
          {"controller", evm::toChecksum(machine.controller())},
          {"did_document", toJson(machine.document)},
          {"subscription", subscriptionJson(machine)},
          {"pause_flags",
           {{"general", machine.generallyPaused},
            {"technical", machine.technicallyPaused},
            {"operator", machine.pausedByOperator},
            {"subscription", lapsed}}},
          {"is_available", machine.available},
          {"home_chain_id", text(machine.homeChain)},
          {"is_homed_locally", machine.homedLocally},
          {"is_relocating", machine.relocating}};
}

}  // namespace peaqos::peaq::v2
