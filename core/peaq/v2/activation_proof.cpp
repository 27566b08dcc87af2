// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/activation_proof.hpp"

#include <vector>

#include "evm/abi.hpp"
#include "peaq/v2/signatures.hpp"

namespace peaqos::peaq::v2 {
namespace {

using evm::U256;

Hash256 topicOf(const evm::Address& address) { return U256::fromBigEndian(address.bytes)->toWord(); }

std::vector<const evm::Log*> logsOf(const evm::Receipt& receipt, const evm::Address& emitter, std::string_view event) {
  std::vector<const evm::Log*> found;
  const Hash256 topic = evm::eventTopic(event);
  for (const evm::Log& log : receipt.logs) {
    if (log.emitter == emitter && !log.topics.empty() && log.topics[0] == topic) found.push_back(&log);
  }
  return found;
}

bool has(const evm::Log& log, std::initializer_list<Hash256> indexed) {
  return std::vector<Hash256>(log.topics.begin() + 1, log.topics.end()) == std::vector<Hash256>(indexed);
}

bool isText(const evm::Log& log, std::string_view text) {
  const auto bytes = evm::AbiReader(log.data).dynamicBytes(0);
  return bytes && asText(*bytes) == text;
}

}  // namespace

std::optional<ActivationProof> proofFrom(const evm::Receipt& receipt, const Roles& roles,
                                         const ExpectedActivation& expected, std::string& problem) {
  const Hash256 id = expected.machineId.toWord(), owner = topicOf(expected.owner);
  const auto only = [&](const evm::Address& emitter, std::string_view event, auto fits) -> const evm::Log* {
    const auto logs = logsOf(receipt, emitter, event);
    const std::string name(event.substr(0, event.find('(')));
    if (logs.size() == 1 && fits(*logs[0])) return logs[0];
    if (problem.empty()) {
      problem = logs.size() == 1 ? "its " + name + " event is not the expected one"
                                 : "it has " + std::to_string(logs.size()) + " " + name + " events instead of one";
    }
    return nullptr;
  };
  only(roles.machineRegistry, registry::kMachineMintedEvent, [&](const evm::Log& log) {
    return has(log, {id, owner, topicOf(expected.controller)}) && isText(log, expected.machineType);
  });
  only(roles.machineStateAndSync, state::kMachineOnboardedEvent,
       [&](const evm::Log& log) { return has(log, {id, owner}); });
  const evm::Log* activated = only(roles.machineSubscription, subscription::kActivatedEvent, [&](const evm::Log& log) {
    const evm::AbiReader data(log.data);
    return has(log, {id, owner}) && data.uint256(0) == U256(static_cast<std::uint64_t>(expected.tier)) &&
           data.uint256(2).value_or(U256()).toUint64() && data.uint256(3).value_or(U256()).toUint64() &&
           data.uint256(3);
  });
  const auto vouchers = logsOf(receipt, roles.machineSubscription, subscription::kVoucherRedeemedEvent);
  const auto payments = logsOf(receipt, roles.machineSubscription, subscription::kPaidWithUsdtEvent);
  for (const auto* many : {&vouchers, &payments}) {
    if (many->size() > 1 && problem.empty()) problem = "it has an event more than once that can be there once";
  }
  if (!vouchers.empty() && !has(*vouchers[0], {id, owner}) && problem.empty()) {
    problem = "its VoucherRedeemed event is of another machine";
  }
  if (!problem.empty() || !activated) return std::nullopt;
  const evm::AbiReader data(activated->data);
  ActivationProof proof{.bond = *data.uint256(1),
                        .credit = {},
                        .periodStart = *data.uint256(2)->toUint64(),
                        .periodEnd = *data.uint256(3)->toUint64()};
  if (!vouchers.empty()) proof.credit = evm::AbiReader(vouchers[0]->data).uint256(0).value_or(U256());
  if (!payments.empty()) proof.usdtPaid = evm::AbiReader(payments[0]->data).uint256(1);
  return proof;
}

}  // namespace peaqos::peaq::v2
