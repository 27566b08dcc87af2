// SPDX-License-Identifier: Apache-2.0
#include "cli/numbers.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"

namespace peaqos::cli {

Error badOption(const std::string& option, const std::string& value, std::string hint) {
  return inputError("BAD_FIELD", "--" + option + " is '" + printable(value) + "'", std::move(hint));
}

std::optional<std::uint64_t> countFrom(const Arguments& arguments, const std::string& option) {
  constexpr std::uint64_t kMost = 100'000;
  const auto text = arguments.find(option);
  if (!text) return std::nullopt;
  const auto number = evm::U256::fromDecimal(*text);
  const auto count = number ? number->toUint64() : std::nullopt;
  if (count && *count > 0 && *count <= kMost) return count;
  throw badOption(option, *text, "Give a whole number from 1 to " + std::to_string(kMost));
}

std::optional<std::uint64_t> blockFrom(const Arguments& arguments, const std::string& option) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 62;  // block numbers are added to
  const auto text = arguments.find(option);
  if (!text) return std::nullopt;
  const auto number = evm::U256::fromDecimal(*text);
  const auto block = number ? number->toUint64() : std::nullopt;
  if (block && *block < kMost) return block;
  throw badOption(option, *text, "Give the number of a block, such as 0");
}

std::optional<evm::U256> coinsFrom(const Arguments& arguments, const std::string& option) {
  const auto text = arguments.find(option);
  if (!text) return std::nullopt;
  if (auto wei = evm::parseUnits(*text, 18)) return wei;
  throw badOption(option, *text, "Give an amount in the chain's coin, such as 1 or 0.25");
}

}  // namespace peaqos::cli
