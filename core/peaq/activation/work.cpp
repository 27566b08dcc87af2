// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation/work.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"

namespace peaqos::peaq {

using evm::RpcCall;
using evm::RpcReply;
using evm::U256;

namespace {

std::string shortened(const evm::Address& address) { return evm::shortAddress(evm::toChecksum(address)); }

std::array<NamedContract, 4> namedContracts(const Contracts& contracts) {
  return {NamedContract{"IDENTITY_REGISTRY_ADDRESS", contracts.identityRegistry},
          {"IDENTITY_STAKING_ADDRESS", contracts.identityStaking},
          {"EVENT_REGISTRY_ADDRESS", contracts.eventRegistry},
          {"MACHINE_NFT_ADDRESS", contracts.machineNft}};
}

}  // namespace

ActivationWork::ActivationWork(ActivationRequest given, const ActivationContext& surroundings)
    : request(std::move(given)),
      context(surroundings),
      operatorAddress(context.signer.address()),
      machine(machineSigner().address()) {}

RpcCall ActivationWork::machineIdCall(const evm::Address& owner) const {
  return evm::contractCall(context.contracts.identityRegistry, machineIdOfOwnerCalldata(owner));
}

U256 ActivationWork::machineIdFrom(const RpcReply& reply, const evm::Address& owner) const {
  return numberFrom(reply, "machineIdOfOwner(" + shortened(owner) + ")");
}

Task<U256> ActivationWork::readToken(U256 machineId) const {
  const auto replies =
      co_await context.rpc.read({evm::contractCall(context.contracts.machineNft, tokenIdOfCalldata(machineId))});
  co_return numberFrom(replies[0], "tokenIdOf(" + machineId.toDecimal() + ")");
}

std::vector<RpcCall> ActivationWork::attributeCalls(const evm::Address& account,
                                                    std::span<const std::string_view> names) const {
  std::vector<RpcCall> calls;
  calls.reserve(names.size());
  for (const std::string_view name : names) calls.push_back(readAttributeCall(context.contracts, account, name));
  return calls;
}

MachineAttributes ActivationWork::attributesFrom(std::span<const RpcReply> replies, const evm::Address& account,
                                                 std::span<const std::string_view> names) const {
  MachineAttributes present;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (auto value = attributeFrom(replies[i], names[i], account)) present[names[i]] = std::move(*value);
  }
  return present;
}

Task<ActivationState> ActivationWork::readState() {
  const auto contracts = namedContracts(context.contracts);
  auto calls = preflightCalls(contracts);
  const std::size_t own = calls.size();
  calls.push_back(evm::balanceCall(operatorAddress));
  calls.push_back(machineIdCall(machine));
  std::ranges::move(attributeCalls(machine, kMachineAttributes), std::back_inserter(calls));
  const std::size_t ofProxy = calls.size();
  if (proxy()) {
    calls.push_back(evm::balanceCall(machine));
    calls.push_back(machineIdCall(operatorAddress));
    calls.push_back({"eth_gasPrice"});
    std::ranges::move(attributeCalls(operatorAddress, kOperatorAttributes), std::back_inserter(calls));
  }
  const auto replies = co_await context.rpc.read(std::move(calls));
  chainId = checkPreflight(replies, contracts, context.network);
  context.outbox.useChain(chainId);

  const auto balance = [&](std::size_t at, const evm::Address& account) {
    return evm::quantityOf(replies[at], "the balance of " + evm::toChecksum(account));
  };
  ActivationState state;
  state.operatorBalance = state.machineBalance = balance(own, operatorAddress);
  state.machineId = machineIdFrom(replies[own + 1], machine);
  state.machineAttributes = attributesFrom(std::span(replies).subspan(own + 2), machine, kMachineAttributes);
  if (proxy()) {
    state.machineBalance = balance(ofProxy, machine);
    state.operatorId = machineIdFrom(replies[ofProxy + 1], operatorAddress);
    state.gasPrice = evm::quantityOf(replies[ofProxy + 2], "the gas price");
    state.operatorAttributes =
        attributesFrom(std::span(replies).subspan(ofProxy + 3), operatorAddress, kOperatorAttributes);
  }
  if (state.machineId != U256()) state.tokenId = co_await readToken(state.machineId);
  co_return state;
}

Task<void> ActivationWork::record(const char* step, ledger::Status status, Json facts) const {
  co_await context.ledger.append({.step = step, .status = status, .facts = std::move(facts)});
}

// Whatever was registered or written meanwhile shows in the simulation: signing anew is safe here.
Task<evm::Mined> ActivationWork::send(evm::Intent intent, evm::Signer& signer) const {
  co_return co_await context.outbox.send(std::move(intent), signer, {}, {.resendReplaced = true});
}

void ActivationWork::report(int step, const char* name, const char* state, Json facts) const {
  context.conversation.progress(
      {.step = step, .steps = kActivationSteps, .name = name, .state = state, .facts = std::move(facts)});
}

Task<void> ActivationWork::fail(const char* step, const char* what, evm::RevertError error, Json facts) const {
  const std::string meaning = meaningOf(error);
  facts["reason"] = meaning;
  if (!error.transaction) co_await record(step, ledger::Status::Failed, std::move(facts));
  throw networkError(error.code, std::string(what) + " reverted: " + meaning, hintFor(error.revert));
}

}  // namespace peaqos::peaq
