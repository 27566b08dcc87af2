// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/subscription.hpp"

#include <algorithm>
#include <iterator>

#include "evm/abi.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::string_view kStatuses[] = {"not_activated", "active", "grace", "runoff", "terminated"};

}  // namespace

std::string_view name(Tier tier) { return kTiers[static_cast<std::size_t>(tier)]; }

std::optional<Tier> parseTier(std::string_view word) {
  const auto found = std::ranges::find(kTiers, word);
  if (found == std::end(kTiers)) return std::nullopt;
  return static_cast<Tier>(found - std::begin(kTiers));
}

std::string_view name(SubscriptionStatus status) { return kStatuses[static_cast<std::size_t>(status)]; }

std::optional<SubscriptionStatus> subscriptionStatusFrom(const evm::U256& number) {
  if (number >= evm::U256(std::size(kStatuses))) return std::nullopt;
  return static_cast<SubscriptionStatus>(*number.toUint64());
}

std::optional<Subscription> subscriptionFrom(BytesView encoded) {
  const evm::AbiReader reader(encoded);
  const auto word = [&](std::size_t index) { return reader.uint256(index).value_or(evm::U256()); };
  if (!reader.uint256(4)) return std::nullopt;
  const auto tier = word(0).toUint64(), start = word(1).toUint64(), end = word(2).toUint64();
  if (!tier || !start || !end) return std::nullopt;
  return Subscription{
      .tier = *tier, .periodStart = *start, .periodEnd = *end, .bondedAmount = word(3), .accumulatedPoints = word(4)};
}

std::optional<evm::U256> usdtMaximum(const evm::U256& quote, std::uint64_t slippageBps) {
  constexpr std::uint64_t kWhole = 10'000;
  if (quote.toMinimalBytes().size() > 24) return std::nullopt;
  return (quote * evm::U256(kWhole + slippageBps) + evm::U256(kWhole - 1)).divideBySmall(kWhole).quotient;
}

}  // namespace peaqos::peaq::v2
