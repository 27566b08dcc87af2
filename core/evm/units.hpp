// Amounts of a currency with decimals, as text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evm/u256.hpp"

namespace peaqos::evm {

// An amount of the smallest unit in whole coins with `shown` decimals, cut off, not rounded: formatUnits(wei, 18, 4)
// is "0.4999" for 499,999,999,999,999,999 wei.
std::string formatUnits(const U256& amount, unsigned decimals, unsigned shown);

// As formatUnits(), rounded up: what somebody must still pay.
std::string formatUnitsUp(const U256& amount, unsigned decimals, unsigned shown);

// The other way: digits with at most `decimals` behind a point, in the smallest unit. Returns std::nullopt for anything
// else, and for a value that does not fit.
std::optional<U256> parseUnits(std::string_view text, unsigned decimals);

}  // namespace peaqos::evm
