// SPDX-License-Identifier: Apache-2.0
#include "evm/units.hpp"

namespace peaqos::evm {
namespace {

std::uint64_t powerOfTen(unsigned exponent) {
  std::uint64_t power = 1;
  for (unsigned i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

std::string formatUnits(const U256& amount, unsigned decimals, unsigned shown) {
  std::string digits = amount.toDecimal();
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  const std::string whole = digits.substr(0, digits.size() - decimals);
  return shown == 0 ? whole : whole + "." + digits.substr(whole.size(), shown);
}

std::string formatUnitsUp(const U256& amount, unsigned decimals, unsigned shown) {
  return formatUnits(amount + U256(powerOfTen(decimals - shown) - 1), decimals, shown);
}

}  // namespace peaqos::evm
