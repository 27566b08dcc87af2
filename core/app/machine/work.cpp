// SPDX-License-Identifier: Apache-2.0
#include "app/machine/work.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/read_many.hpp"
#include "peaq/preflight.hpp"
#include "peaq/v2/errors.hpp"
#include "peaq/v2/machine_id.hpp"

namespace peaqos::app {
namespace {

// The record of the second generation that the settings admit; whether the chain has it, the chain is asked.
peaq::DeploymentRecord secondGeneration(const Configuration& configuration, MachineWork::Settings settings) {
  const peaq::DeploymentChoice choice = configuration.deployment();
  const auto second = *peaq::findNetwork(choice.network().name, peaq::Generation::Second);
  if (choice.isOpen() || (settings == MachineWork::Settings::OfEither && !choice.admits(peaq::Generation::Second))) {
    return second;
  }
  if (choice.network().generation == peaq::Generation::Second) return choice.network();
  throw configurationError("OTHER_GENERATION",
                           "the settings name the deployment " + std::string(choice.network().id) +
                               " of the first generation, and this command is for machines of the second",
                           "Set PEAQOS_DEPLOYMENT_ID=" + std::string(second.id));
}

}  // namespace

evm::U256 checkMachineId(const std::string& text, const std::string& name) {
  if (const auto id = peaq::v2::parseMachineId(text)) return *id;
  if (const auto id = peaq::v2::parseMachineDid(text)) return *id;
  throw inputError("BAD_MACHINE_ID", name + " is no machine ID: '" + printable(text) + "'",
                   "Give its decimal digits without leading zeros, or did:peaq: and those");
}

evm::Address checkAddress(const std::string& text, const std::string& name) {
  if (const auto address = evm::parseAddress(text)) return *address;
  throw inputError("BAD_FIELD", name + " is not an address: '" + printable(text) + "'",
                   "Give 0x and 40 hexadecimal digits");
}

Task<std::unique_ptr<MachineWork>> MachineWork::open(Caller caller, Settings settings) {
  std::unique_ptr<MachineWork> work(new MachineWork(std::move(caller)));
  work->session = co_await Session::open(work->caller);
  const Configuration& configuration = work->session->configuration;
  work->record = secondGeneration(configuration, settings);
  work->roles = configuration.roles(work->record);
  work->rpc.emplace(work->session->rpc());
  work->ledger.emplace(work->session->ledger());
  work->outbox.emplace(work->session->outbox(*work->rpc, *work->ledger, {}, peaq::v2::contractErrors()));
  co_return work;
}

Task<evm::Signer*> MachineWork::signer() {
  if (!signer_) signer_ = co_await session->signer();
  co_return signer_.get();
}

Task<std::vector<evm::RpcReply>> MachineWork::read(std::vector<evm::RpcCall> calls) {
  co_return co_await evm::readMany(*rpc, std::move(calls));
}

Task<MachineWork::Seen> MachineWork::look(std::vector<evm::U256> ids) {
  const peaq::NamedContract registry[] = {{"MachineRegistry", roles.machineRegistry}};
  std::vector<evm::RpcCall> calls = peaq::preflightCalls(registry);
  const std::size_t own = calls.size();
  for (const evm::U256& id : ids) std::ranges::move(peaq::v2::stateCalls(roles, id), std::back_inserter(calls));
  const auto replies = co_await read(std::move(calls));
  Seen seen{.chainId = peaq::checkPreflight(std::span(replies).first(own), registry, record)};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto part = std::span(replies).subspan(own + i * peaq::v2::kStateCalls, peaq::v2::kStateCalls);
    seen.machines.push_back(peaq::v2::stateFrom(part, ids[i]));
  }
  co_return seen;
}

void MachineWork::say(std::string name, std::string state, Json facts) {
  caller.conversation.progress({.name = std::move(name), .state = std::move(state), .facts = std::move(facts)});
}

}  // namespace peaqos::app
