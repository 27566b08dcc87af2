// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/renewal.hpp"

#include "evm/abi.hpp"
#include "peaq/v2/signatures.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::string_view kContract = "MachineSubscription";

Change change(const evm::Address& contract, std::string_view method, const std::vector<evm::AbiValue>& arguments,
              std::string_view event, const evm::U256& id) {
  return {.contractName = kContract,
          .contract = contract,
          .method = method,
          .data = evm::encodeCall(method, arguments),
          .topics = {evm::eventTopic(event), id.toWord()}};
}

}  // namespace

Change subscribe(const evm::Address& contract, const evm::U256& id, Tier tier,
                 const std::optional<evm::U256>& maxUsdt) {
  const evm::U256 number(static_cast<std::uint64_t>(tier));
  if (!maxUsdt) return change(contract, subscription::kActivate, {id, number}, subscription::kActivatedEvent, id);
  return change(contract, subscription::kActivateWithUsdt, {id, number, *maxUsdt}, subscription::kActivatedEvent, id);
}

Change renew(const evm::Address& contract, const evm::U256& id, const std::optional<Tier>& tier,
             const std::optional<evm::U256>& maxUsdt) {
  std::vector<evm::AbiValue> arguments{id};
  if (maxUsdt) arguments.emplace_back(*maxUsdt);
  if (tier) arguments.emplace_back(evm::U256(static_cast<std::uint64_t>(*tier)));
  const std::string_view method = maxUsdt && tier ? subscription::kRenewToTierWithUsdt
                                  : maxUsdt       ? subscription::kRenewWithUsdt
                                  : tier          ? subscription::kRenewToTier
                                                  : subscription::kRenew;
  return change(contract, method, arguments, subscription::kRenewedEvent, id);
}

std::optional<Bonded> bondedBy(const evm::Receipt& receipt, const Change& made, const evm::U256& id,
                               const evm::Address& owner) {
  const bool first = made.topics[0] == evm::eventTopic(subscription::kActivatedEvent);
  const Hash256 holder = evm::U256::fromBigEndian(owner.bytes).value().toWord();
  const evm::Log* log = onlyLog(receipt, made.contract, {made.topics[0], id.toWord(), holder});
  if (!log) return std::nullopt;
  const evm::AbiReader values(log->data);
  const auto tier = values.uint256(0);
  const auto bond = values.uint256(1);
  const auto end = values.uint256(first ? 3 : 2);
  if (!tier || !bond || !end || !end->toUint64() || !tier->toUint64()) return std::nullopt;
  Bonded out{.tier = *tier->toUint64(), .bond = *bond, .periodEnd = *end->toUint64()};
  const evm::Log* credit =
      onlyLog(receipt, made.contract,
              {evm::eventTopic(first ? subscription::kVoucherRedeemedEvent : subscription::kBondingRewardRedeemedEvent),
               id.toWord(), holder});
  if (credit) out.credit = evm::AbiReader(credit->data).uint256(0).value_or(evm::U256());
  if (const evm::Log* paid = onlyLog(receipt, made.contract, {evm::eventTopic(subscription::kPaidWithUsdtEvent)})) {
    out.usdt = evm::AbiReader(paid->data).uint256(1);
  }
  return out;
}

}  // namespace peaqos::peaq::v2
