// SPDX-License-Identifier: Apache-2.0
#include "app/machine/horizon.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/u256.hpp"

namespace peaqos::app {

std::uint64_t checkSpan(const std::string& text, const std::string& field) {
  constexpr std::uint64_t kHour = 3600, kLongest = 100ULL * 366 * 24 * kHour;
  const char unit = text.empty() ? ' ' : text.back();
  const std::uint64_t seconds = unit == 'h' ? kHour : unit == 'd' ? 24 * kHour : unit == 'w' ? 7 * 24 * kHour : 0;
  const auto count = seconds == 0 ? std::nullopt : evm::U256::fromDecimal(text.substr(0, text.size() - 1));
  const auto small = count ? count->toUint64() : std::nullopt;
  if (small && *small <= kLongest / seconds) return *small * seconds;
  throw inputError("BAD_FIELD", field + " is no span of time: '" + printable(text) + "'",
                   "Give a whole number of hours, days or weeks, such as 12h, 30d or 6w");
}

}  // namespace peaqos::app
