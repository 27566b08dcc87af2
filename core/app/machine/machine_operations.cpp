// Operations on machines: activation, events, ratings.
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>

#include "app/events/settle_events.hpp"
#include "app/events/submit_event.hpp"
#include "app/machine/activate_machine.hpp"
#include "app/machine/activation_terms.hpp"
#include "app/machine/machine_queries.hpp"
#include "app/members.hpp"
#include "app/operation.hpp"
#include "app/secret_member.hpp"
#include "app/settings/network_status.hpp"
#include "app/settings/whoami.hpp"

namespace peaqos::app {
namespace {

// The member that stands for PEAQOS_MAX_FEE.
void takeMaxFee(Members& members, Caller& caller) {
  if (auto maxFee = members.text("maxFee")) caller.overrideMaxFee(std::move(*maxFee));
}

Task<Json> callWhoami(Json request, Caller caller) {
  Members(request).refuseOthers();
  co_return toJson(co_await whoami(caller));
}

Task<Json> callNetworkStatus(Json request, Caller caller) {
  Members members(request);
  std::optional<std::string> account = members.text("account");
  members.refuseOthers();
  co_return toJson(co_await networkStatus(std::move(account), caller));
}

// The members that an activation and its plan share.
ActivateMachineRequest activationFrom(Members& members) {
  return {.docUrl = members.text("docUrl"),
          .dataApi = members.text("dataApi"),
          .visibility = members.text("visibility"),
          .machine = members.text("for"),
          .machineKeySource = "machineKey",
          .skipFunding = members.flag("skipFunding"),
          .machineType = members.text("machineType"),
          .credentialSubject = members.text("credentialSubjectHex"),
          .manufacturer = members.text("manufacturer"),
          .tier = members.text("tier"),
          .payment = members.text("payment"),
          .slippageBps = members.text("slippageBps"),
          .didDocument = members.objectText("didDocument"),
          .didDocumentSource = "didDocument"};
}

Task<Json> callActivate(Json request, Caller caller) {
  Members members(request);
  ActivateMachineRequest typed = activationFrom(members);
  typed.machineKey = co_await secretMember(members, "machineKey", caller);
  typed.dryRun = members.flag("dryRun");
  typed.yes = members.flag("yes");
  takeMaxFee(members, caller);
  members.refuseOthers();
  co_return toJson(co_await activateMachine(std::move(typed), caller));
}

Task<Json> callPlanActivation(Json request, Caller caller) {
  Members members(request);
  ActivateMachineRequest typed = activationFrom(members);
  members.refuseOthers();
  co_return co_await quoteActivation(std::move(typed), caller);
}

Task<Json> callActivationTerms(Json request, Caller caller) {
  Members(request).refuseOthers();
  co_return co_await activationTerms(caller);
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
                           .metadata = members.bytes("metadata").value_or(Bytes()),
                           .idempotencyKey = members.text("idempotencyKey")};
  takeMaxFee(members, caller);
  members.refuseOthers();
  co_return toJson(co_await submitEvent(std::move(typed), caller));
}

Task<Json> callSettleEvents(Json request, Caller caller) {
  Members(request).refuseOthers();
  co_return co_await settleEvents(caller);
}

template <Task<Json> (*query)(std::string, Caller)>
Task<Json> callQuery(Json request, Caller caller) {
  Members members(request);
  std::string did = members.required("did");
  members.refuseOthers();
  co_return co_await query(std::move(did), caller);
}

constexpr Operation kMachineOperations[] = {
    {"whoami", callWhoami},
    {"networkStatus", callNetworkStatus},
    {"activate", callActivate},
    {"planActivation", callPlanActivation},
    {"activationTerms", callActivationTerms},
    {"submitEvent", callSubmitEvent},
    {"settleEvents", callSettleEvents},
    {"queryMcr", callQuery<queryMcr>},
    {"queryMachine", callQuery<queryMachine>},
    {"queryOperatorMachines", callQuery<queryOperatorMachines>},
};

}  // namespace

std::span<const Operation> machineOperations() { return kMachineOperations; }

}  // namespace peaqos::app
