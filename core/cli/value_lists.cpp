// SPDX-License-Identifier: Apache-2.0
#include "cli/value_lists.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/units.hpp"

namespace peaqos::cli {

std::vector<std::string> commaList(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view item = trim(text.substr(0, comma));
    if (!item.empty()) out.emplace_back(item);
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

Json keyValueList(std::string_view text, std::string_view option) {
  Json out = Json::object();
  for (const std::string& pair : commaList(text)) {
    const std::size_t equals = pair.find('=');
    const std::string key(trim(std::string_view(pair).substr(0, equals)));
    if (equals == std::string::npos || key.empty()) {
      throw inputError("BAD_FIELD", "--" + std::string(option) + " has '" + printable(pair) + "'",
                       "Give KEY=VALUE pairs, separated by commas");
    }
    out[key] = std::string(trim(std::string_view(pair).substr(equals + 1)));
  }
  return out;
}

std::optional<evm::U256> coinsOption(const Arguments& arguments, const std::string& option) {
  const auto text = arguments.find(option);
  if (!text) return std::nullopt;
  if (auto wei = evm::parseUnits(*text, 18)) return wei;
  throw inputError("BAD_FIELD", "--" + option + " is '" + printable(*text) + "'",
                   "Give an amount in the chain's coin, such as 1 or 0.25");
}

}  // namespace peaqos::cli
