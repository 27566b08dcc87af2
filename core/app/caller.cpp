// SPDX-License-Identifier: Apache-2.0
#include "app/caller.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"

namespace peaqos::app {

std::string Caller::fieldName(std::string_view flag) const {
  if (naming == Naming::Flags) return "--" + std::string(flag);
  if (naming == Naming::Columns) {
    std::string column(flag);
    std::ranges::replace(column, '-', '_');
    return column;
  }
  std::string member;
  bool capital = false;
  for (const char c : flag) {
    if (c == '-') {
      capital = true;
      continue;
    }
    member += capital ? static_cast<char>(c - 'a' + 'A') : c;
    capital = false;
  }
  return member;
}

std::string Caller::argumentName(std::string_view flag) const {
  if (naming != Naming::Flags) return fieldName(flag);
  std::string name;
  for (const char c : flag) name += c == '-' ? '_' : static_cast<char>(c - 'a' + 'A');
  return name;
}

void Caller::overrideMaxFee(std::string coins) {
  if (!evm::parseUnits(coins, 18)) {
    throw inputError("BAD_FIELD", fieldName("max-fee") + " is not an amount: '" + printable(coins) + "'",
                     "Give the most that one transaction's fee may come to, in the chain's coin, such as 1 or 0.25");
  }
  overrides["PEAQOS_MAX_FEE"] = std::move(coins);
}

}  // namespace peaqos::app
