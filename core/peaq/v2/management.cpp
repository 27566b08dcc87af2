// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/management.hpp"

#include <utility>

#include "peaq/v2/signatures.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::string_view kState = "MachineStateAndSync";
constexpr std::string_view kRegistry = "MachineRegistry";

Hash256 wordOf(const evm::Address& address) { return evm::U256::fromBigEndian(address.bytes).value().toWord(); }

Bytes bytesOf(bool flag) {
  const Hash256 word = evm::U256(flag ? 1 : 0).toWord();
  return {word.begin(), word.end()};
}

Change pause(const evm::Address& state, const evm::U256& id, bool paused) {
  const std::string_view method = paused ? state::kSuspend : state::kResume;
  return {.contractName = kState,
          .contract = state,
          .method = method,
          .data = evm::encodeCall(method, {id}),
          .topics = {evm::eventTopic(state::kOperatorPausedSetEvent), id.toWord()},
          .eventData = bytesOf(paused)};
}

// A change of the registry that is told by an event with nothing but the machine's id.
Change listChange(const evm::Address& registry, const evm::U256& id, std::string_view method, evm::AbiValue list,
                  std::string_view event) {
  return {.contractName = kRegistry,
          .contract = registry,
          .method = method,
          .data = evm::encodeCall(method, {id, std::move(list)}),
          .topics = {evm::eventTopic(event), id.toWord()}};
}

}  // namespace

Change suspend(const evm::Address& state, const evm::U256& id) { return pause(state, id, true); }

Change resume(const evm::Address& state, const evm::U256& id) { return pause(state, id, false); }

Change approve(const evm::Address& registry, const evm::U256& id, const evm::Address& owner,
               const evm::Address& spender) {
  return {.contractName = kRegistry,
          .contract = registry,
          .method = registry::kApprove,
          .data = evm::encodeCall(registry::kApprove, {spender, id}),
          .topics = {evm::eventTopic(registry::kApprovalEvent), wordOf(owner), wordOf(spender), id.toWord()}};
}

Change approveAll(const evm::Address& registry, const evm::Address& owner, const evm::Address& spender, bool allowed) {
  return {.contractName = kRegistry,
          .contract = registry,
          .method = registry::kSetApprovalForAll,
          .data = evm::encodeCall(registry::kSetApprovalForAll, {spender, evm::U256(allowed ? 1 : 0)}),
          .topics = {evm::eventTopic(registry::kApprovalForAllEvent), wordOf(owner), wordOf(spender)},
          .eventData = bytesOf(allowed)};
}

Change transfer(const evm::Address& registry, const TransferOf& what) {
  const std::string_view method = what.form == TransferForm::Safe           ? registry::kSafeTransferFrom
                                  : what.form == TransferForm::SafeWithData ? registry::kSafeTransferFromWithData
                                                                            : registry::kTransferFrom;
  std::vector<evm::AbiValue> arguments{what.from, what.to, what.id};
  if (what.form == TransferForm::SafeWithData) arguments.emplace_back(what.data);
  return {.contractName = kRegistry,
          .contract = registry,
          .method = method,
          .data = evm::encodeCall(method, arguments),
          .topics = {evm::eventTopic(registry::kTransferEvent), wordOf(what.from), wordOf(what.to), what.id.toWord()}};
}

Change setController(const evm::Address& registry, const evm::U256& id, const evm::Address& before,
                     const evm::Address& controller) {
  return {
      .contractName = kRegistry,
      .contract = registry,
      .method = registry::kSetController,
      .data = evm::encodeCall(registry::kSetController, {id, controller}),
      .topics = {evm::eventTopic(registry::kControllerUpdatedEvent), id.toWord(), wordOf(before), wordOf(controller)}};
}

Change setVerificationMethods(const evm::Address& registry, const evm::U256& id,
                              const std::vector<VerificationMethod>& methods) {
  return listChange(registry, id, registry::kSetVerificationMethods, toAbi(methods),
                    registry::kVerificationMethodsUpdatedEvent);
}

Change setAuthentication(const evm::Address& registry, const evm::U256& id, const std::vector<evm::U256>& indices) {
  return listChange(registry, id, registry::kSetAuthentication, toAbi(indices), registry::kAuthenticationUpdatedEvent);
}

Change setServiceEndpoints(const evm::Address& registry, const evm::U256& id,
                           const std::vector<ServiceEndpoint>& endpoints) {
  return listChange(registry, id, registry::kSetServiceEndpoints, toAbi(endpoints),
                    registry::kServiceEndpointsUpdatedEvent);
}

}  // namespace peaqos::peaq::v2
