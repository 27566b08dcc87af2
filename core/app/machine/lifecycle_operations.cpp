// Operations on machines of the second generation: their state, their DID, their subscription, their owner.
// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <optional>
#include <utility>

#include "app/machine/calendar.hpp"
#include "app/machine/change_machine.hpp"
#include "app/machine/identity.hpp"
#include "app/machine/machine_status.hpp"
#include "app/machine/renew_fleet.hpp"
#include "app/machine/subscription.hpp"
#include "app/machine/wishes.hpp"
#include "app/machine/work.hpp"
#include "app/members.hpp"
#include "app/migrate/plan_migration.hpp"
#include "app/monetize/monetize.hpp"
#include "app/operation.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/v2/did_file.hpp"

namespace peaqos::app {
namespace {

// The members that every change takes: `dryRun`, `yes` in place of the question "agree", and `maxFee`.
Consent takeConsent(Members& members, Caller& caller) {
  if (auto maxFee = members.text("maxFee")) caller.overrideMaxFee(std::move(*maxFee));
  const bool dryRun = members.flag("dryRun");
  const bool yes = members.flag("yes");
  return dryRun ? Consent::PlanOnly : yes ? Consent::Given : Consent::Ask;
}

evm::U256 takeMachine(Members& members) { return checkMachineId(members.required("machineId"), "machineId"); }

evm::Address takeAddress(Members& members, const char* name) { return checkAddress(members.required(name), name); }

Task<Json> callMachineStatus(Json request, Caller caller) {
  Members members(request);
  std::string machine = members.required("machineId");
  members.refuseOthers();
  co_return co_await machineStatus(std::move(machine), caller);
}

Task<Json> callMachineStatuses(Json request, Caller caller) {
  Members members(request);
  std::vector<std::string> machines = members.texts("machineIds");
  std::optional<std::string> did = members.text("operator");
  members.refuseOthers();
  Json list = Json::array();
  co_await machineStatuses(std::move(machines), std::move(did), caller,
                           [&](const Json& each) { list.push_back(each); });
  co_return list;
}

Task<Json> callMachineCalendar(Json request, Caller caller) {
  Members members(request);
  std::vector<std::string> machines = members.texts("machineIds");
  std::optional<std::string> did = members.text("operator");
  members.refuseOthers();
  co_return co_await machineCalendar(std::move(machines), std::move(did), caller);
}

Task<Json> callMachineIdentity(Json request, Caller caller) {
  Members members(request);
  std::string type = members.required("machineType");
  std::string subject = members.required("credentialSubjectHex");
  members.refuseOthers();
  co_return machineIdentity(std::move(type), std::move(subject), caller);
}

// What every change has in common: what it wants of the members, then its consent, and no other member.
template <std::unique_ptr<Wish> (*wishOf)(Members& members)>
Task<Json> callChange(Json request, Caller caller) {
  Members members(request);
  auto wish = wishOf(members);
  const Consent consent = takeConsent(members, caller);
  members.refuseOthers();
  co_return co_await changeMachine(std::move(wish), consent, caller);
}

template <bool paused>
std::unique_ptr<Wish> pauseOf(Members& members) {
  return wishPaused(takeMachine(members), paused);
}

std::unique_ptr<Wish> approvalOf(Members& members) {
  const evm::U256 machine = takeMachine(members);
  return wishApproved(machine, takeAddress(members, "spender"));
}

std::unique_ptr<Wish> approvalForAllOf(Members& members) {
  const evm::Address spender = takeAddress(members, "spender");
  return wishApprovedForAll(spender, members.flag("allowed"));
}

std::unique_ptr<Wish> transferOf(Members& members) {
  TransferWish transfer{.machine = takeMachine(members), .to = takeAddress(members, "to")};
  transfer.data = members.bytes("data");
  transfer.unsafe = members.flag("unsafe");
  return wishTransferred(std::move(transfer));
}

std::unique_ptr<Wish> controllerOf(Members& members) {
  const evm::U256 machine = takeMachine(members);
  const evm::Address controller = takeAddress(members, "controller");
  if (controller != evm::Address{}) return wishController(machine, controller);
  throw inputError("BAD_FIELD", "controller is the zero address", "Call clearMachineController instead");
}

std::unique_ptr<Wish> noControllerOf(Members& members) { return wishController(takeMachine(members), {}); }

std::unique_ptr<Wish> methodsOf(Members& members) {
  const evm::U256 machine = takeMachine(members);
  return wishMethods(machine, peaq::v2::readMethodsFile(members.required("methods"), "methods"));
}

std::unique_ptr<Wish> servicesOf(Members& members) {
  const evm::U256 machine = takeMachine(members);
  return wishServices(machine, peaq::v2::readEndpointsFile(members.required("services"), "services"));
}

std::unique_ptr<Wish> authenticationOf(Members& members) {
  const evm::U256 machine = takeMachine(members);
  std::vector<evm::U256> indices;
  for (const std::string& text : members.texts("indices")) {
    const auto index = evm::U256::fromDecimal(text);
    if (!index) throw inputError("BAD_FIELD", "indices holds no number: '" + printable(text) + "'", "Count from 0");
    indices.push_back(*index);
  }
  return wishAuthentication(machine, std::move(indices));
}

template <bool renewal>
Task<Json> callSubscription(Json request, Caller caller) {
  Members members(request);
  SubscriptionRequest typed{.machine = members.required("machineId"),
                            .renewal = renewal,
                            .tier = members.text("tier"),
                            .payment = members.text("payment").value_or("peaq"),
                            .slippageBps = members.text("slippageBps")};
  typed.consent = takeConsent(members, caller);
  members.refuseOthers();
  co_return co_await subscribeMachine(std::move(typed), caller);
}

Task<Json> callRenewFleet(Json request, Caller caller) {
  Members members(request);
  RenewFleetRequest typed{.before = members.text("before").value_or("30d"),
                          .did = members.text("operator"),
                          .machines = members.texts("machineIds")};
  typed.consent = takeConsent(members, caller);
  members.refuseOthers();
  co_return co_await renewFleet(std::move(typed), caller);
}

Task<Json> callMonetizationStatus(Json request, Caller caller) {
  Members members(request);
  std::string machine = members.required("machineId");
  members.refuseOthers();
  co_return co_await monetizationStatus(std::move(machine), caller);
}

Task<Json> callMonetize(Json request, Caller caller) {
  Members members(request);
  MonetizeRequest typed{.machine = members.required("machineId"), .optIn = members.flag("optIn")};
  typed.consent = takeConsent(members, caller);
  members.refuseOthers();
  co_return co_await monetize(std::move(typed), caller);
}

Task<Json> callPlanMigration(Json request, Caller caller) {
  Members members(request);
  MigrationRequest typed{.did = members.required("did"),
                         .machineType = members.required("machineType"),
                         .credentialSubject = members.text("credentialSubjectHex"),
                         .tier = members.text("tier").value_or("entry")};
  members.refuseOthers();
  co_return co_await planMigration(std::move(typed), caller);
}

constexpr Operation kOperations[] = {
    {"machineStatus", callMachineStatus},
    {"machineStatuses", callMachineStatuses},
    {"machineCalendar", callMachineCalendar},
    {"machineIdentity", callMachineIdentity},
    {"suspendMachine", callChange<pauseOf<true>>},
    {"resumeMachine", callChange<pauseOf<false>>},
    {"approveMachine", callChange<approvalOf>},
    {"approveAllMachines", callChange<approvalForAllOf>},
    {"transferMachine", callChange<transferOf>},
    {"setMachineController", callChange<controllerOf>},
    {"clearMachineController", callChange<noControllerOf>},
    {"setVerificationMethods", callChange<methodsOf>},
    {"setAuthentication", callChange<authenticationOf>},
    {"setServiceEndpoints", callChange<servicesOf>},
    {"subscribeMachine", callSubscription<false>},
    {"renewMachine", callSubscription<true>},
    {"renewFleet", callRenewFleet},
    {"monetizationStatus", callMonetizationStatus},
    {"monetize", callMonetize},
    {"planMigration", callPlanMigration},
};

}  // namespace

std::span<const Operation> lifecycleOperations() { return kOperations; }

}  // namespace peaqos::app
