// SPDX-License-Identifier: Apache-2.0
#include "app/events/event_target.hpp"

#include "base/error.hpp"
#include "peaq/deployment.hpp"
#include "peaq/reverts.hpp"
#include "peaq/v2/errors.hpp"

namespace peaqos::app {
namespace {

EventTarget ofFirst(const Session& session, const peaq::DeploymentRecord& record) {
  const peaq::Contracts contracts = session.configuration.contracts();
  return {.deployment = record, .registry = contracts.eventRegistry, .batchPrecompile = contracts.batchPrecompile};
}

EventTarget ofSecond(const Session& session, const peaq::DeploymentRecord& record) {
  const peaq::v2::Roles roles = session.configuration.roles(record);
  if (!roles.eventRegistry) {
    throw configurationError("ADDRESSES_UNSET",
                             "deployment " + std::string(record.id) + " has no EventRegistry; nothing was sent",
                             "Check PEAQOS_DEPLOYMENT_ID");
  }
  // The precompiles are the chain's, whatever is deployed on it.
  const auto first = *peaq::findNetwork(record.name);
  return {.deployment = record,
          .registry = *roles.eventRegistry,
          .batchPrecompile = evm::parseAddress(first.contracts.batchPrecompile).value(),
          .roles = roles};
}

}  // namespace

peaq::NamedContract EventTarget::named() const {
  return {isSecond() ? peaq::v2::kEventRegistryVariable : "EVENT_REGISTRY_ADDRESS", registry};
}

Task<EventTarget> findEventTarget(Session& session, evm::RpcClient& rpc, std::optional<evm::U256> machine) {
  const peaq::DeploymentChoice choice = session.configuration.deployment();
  const bool large = machine && !machine->toUint64();
  if (large && !choice.admits(peaq::Generation::Second)) {
    const auto second = *peaq::findNetwork(choice.network().name, peaq::Generation::Second);
    throw configurationError("OTHER_GENERATION",
                             "machine " + machine->toDecimal() +
                                 " is one of the second generation, but the settings "
                                 "name the deployment " +
                                 std::string(choice.network().id) + " of the first; nothing was sent",
                             "Set PEAQOS_DEPLOYMENT_ID=" + std::string(second.id));
  }
  if (large && choice.isOpen()) {
    co_return ofSecond(session, *peaq::findNetwork(choice.network().name, peaq::Generation::Second));
  }
  const peaq::Deployment found = co_await peaq::findDeployment(choice, rpc);
  const bool second = found.record.generation == peaq::Generation::Second;
  co_return second ? ofSecond(session, found.record) : ofFirst(session, found.record);
}

std::span<const std::string_view> eventErrors(peaq::Generation generation) {
  return generation == peaq::Generation::First ? peaq::contractErrors() : peaq::v2::contractErrors();
}

std::string eventMeaning(peaq::Generation generation, const evm::Revert& revert) {
  return generation == peaq::Generation::First ? peaq::meaningOf(revert) : peaq::v2::meaningOf(revert);
}

}  // namespace peaqos::app
