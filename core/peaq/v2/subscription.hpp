// Subscriptions of machines: tiers, periods, and what they cost (docs/protocol.md#subscriptions).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "evm/u256.hpp"

namespace peaqos::peaq::v2 {

enum class Tier : std::uint8_t { Entry, Basic, Pro };

inline constexpr std::string_view kTiers[] = {"entry", "basic", "pro"};

// "entry", "basic", "pro".
std::string_view name(Tier tier);
std::optional<Tier> parseTier(std::string_view word);

enum class SubscriptionStatus : std::uint8_t { NotActivated, Active, Grace, Runoff, Terminated };

// "not_activated", "active", "grace", "runoff", "terminated".
std::string_view name(SubscriptionStatus status);
std::optional<SubscriptionStatus> subscriptionStatusFrom(const evm::U256& number);

struct Subscription {
  std::uint64_t tier = 0;         // a Tier, as far as it is known
  std::uint64_t periodStart = 0;  // Unix seconds; 0: the machine never had one
  std::uint64_t periodEnd = 0;
  evm::U256 bondedAmount;  // wei
  evm::U256 accumulatedPoints;
};

// The answer of subscriptions(uint256); nothing for other bytes.
std::optional<Subscription> subscriptionFrom(BytesView encoded);

// The most that a payment in USDT may take: a quote and so many hundredths of a percent, rounded up. Nothing where the
// quote is beyond all reason.
std::optional<evm::U256> usdtMaximum(const evm::U256& quote, std::uint64_t slippageBps);

}  // namespace peaqos::peaq::v2
