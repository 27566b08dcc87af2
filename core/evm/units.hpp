// Amounts of a currency with decimals, as text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "evm/u256.hpp"

namespace peaqos::evm {

// An amount of the smallest unit in whole coins with `shown` decimals, cut off, not rounded: formatUnits(wei, 18, 4)
// is "0.4999" for 499,999,999,999,999,999 wei.
std::string formatUnits(const U256& amount, unsigned decimals, unsigned shown);

// As formatUnits(), rounded up: what somebody must still pay.
std::string formatUnitsUp(const U256& amount, unsigned decimals, unsigned shown);

}  // namespace peaqos::evm
