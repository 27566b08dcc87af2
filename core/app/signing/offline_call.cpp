// SPDX-License-Identifier: Apache-2.0
#include "app/signing/offline_call.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "app/events/known_event.hpp"
#include "app/events/submit_event.hpp"
#include "app/machine/change_machine.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "peaq/event.hpp"
#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/signatures.hpp"

namespace peaqos::app {
namespace {

namespace registry = peaq::v2::registry;
using peaq::v2::Roles;

// Changes of machines that are one transaction: what the ledger calls them, and whose functions they are.
struct MachineCall {
  std::string_view function, action;
  evm::Address Roles::* contract = &Roles::machineRegistry;
};

constexpr MachineCall kMachineCalls[] = {
    {peaq::v2::state::kSuspend, "suspend_machine", &Roles::machineStateAndSync},
    {peaq::v2::state::kResume, "resume_machine", &Roles::machineStateAndSync},
    {registry::kApprove, "approve"},
    {registry::kSetApprovalForAll, "approve_all"},
    {registry::kSafeTransferFrom, "transfer"},
    {registry::kSafeTransferFromWithData, "transfer"},
    {registry::kTransferFrom, "transfer"},
    {registry::kSetController, "set_controller"},
    {registry::kSetVerificationMethods, "set_verification_methods"},
    {registry::kSetAuthentication, "set_authentication"},
    {registry::kSetServiceEndpoints, "set_service_endpoints"},
};

Error otherContract(const TransactionFile& file, std::string_view name, const std::optional<evm::Address>& ours) {
  return configurationError("OTHER_CONTRACT",
                            "file '" + printable(file.path) + "' calls " + evm::toChecksum(file.transaction.to) +
                                ", and the " + std::string(name) + " is " + (ours ? evm::toChecksum(*ours) : "none"),
                            "Set PEAQOS_NETWORK, PEAQOS_DEPLOYMENT_ID or the contract's address to what the file was "
                            "prepared for");
}

OfflineCall eventCall(const TransactionFile& file, const Configuration& configuration) {
  const peaq::DeploymentChoice choice = configuration.deployment();
  std::optional<evm::Address> ours;
  for (const auto generation : {peaq::Generation::Second, peaq::Generation::First}) {
    if (!choice.admits(generation)) continue;
    const bool second = generation == peaq::Generation::Second;
    ours = second ? configuration.roles(*peaq::findNetwork(choice.network().name, generation)).eventRegistry
                  : configuration.contracts().eventRegistry;
    if (ours != file.transaction.to) continue;
    const evm::U256 machine = file.call.machineId.value_or(evm::U256());
    Json facts{{"machine_id", second ? Json(machine.toDecimal()) : evm::toJson(machine)}};
    if (file.idempotencyKey) facts[kIdempotencyKey] = *file.idempotencyKey;
    return {.step = kSubmitEventStep, .generation = generation, .action = "the event", .facts = std::move(facts)};
  }
  throw otherContract(file, "event registry", ours);
}

OfflineCall machineCall(const TransactionFile& file, const MachineCall& made, const Configuration& configuration) {
  const peaq::DeploymentChoice choice = configuration.deployment();
  if (!choice.admits(peaq::Generation::Second)) throw otherContract(file, "MachineRegistry", std::nullopt);
  const auto record = *peaq::findNetwork(choice.network().name, peaq::Generation::Second);
  const Roles roles = configuration.roles(record);
  const evm::Address& ours = roles.*made.contract;
  if (ours != file.transaction.to) throw otherContract(file, peaq::v2::roleName(roles, ours), ours);
  Json facts{{"action", made.action}, {"deployment", record.id}};
  // approve(address,uint256) is read as that of a token, whose units are the machine's id here.
  const auto machine = file.call.payment ? std::optional(file.call.payment->units) : file.call.machineId;
  if (machine) facts["machine_id"] = machine->toDecimal();
  return {.step = kMachineActionStep,
          .generation = peaq::Generation::Second,
          .action = std::string(made.action),
          .facts = std::move(facts)};
}

}  // namespace

OfflineCall offlineCallOf(const TransactionFile& file, const Configuration& configuration) {
  const std::string& function = file.call.function;
  const auto* machine = std::ranges::find(kMachineCalls, std::string_view(function), &MachineCall::function);
  const bool event = function == peaq::kSubmitEvent;
  if ((!event && machine == std::end(kMachineCalls)) || file.transaction.value != evm::U256()) {
    throw badTransactionFile(file.path, "holds a transaction that is neither an event nor a change of a machine");
  }
  if (const auto other = peaq::otherChain(file.transaction.chainId, configuration.network())) throw Error(*other);
  return event ? eventCall(file, configuration) : machineCall(file, *machine, configuration);
}

evm::Intent intentOf(const TransactionFile& file, const OfflineCall& call) {
  return {.step = call.step,
          .to = file.transaction.to,
          .value = file.transaction.value,
          .data = file.transaction.data,
          .facts = call.facts,
          .function = file.call.function,
          .arguments = file.call.arguments,
          .identity = file.idempotencyKey.value_or(std::string())};
}

Error errorOf(const OfflineCall& call, const evm::RevertError& reverted) {
  if (call.generation == peaq::Generation::Second) return peaq::v2::errorFrom(reverted, call.action);
  return networkError(reverted.code, "the event was refused: " + peaq::meaningOf(reverted),
                      peaq::hintFor(reverted.revert));
}

}  // namespace peaqos::app
