// Values of options: several in one word, and amounts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "cli/command.hpp"
#include "evm/u256.hpp"

namespace peaqos::cli {

// "a, b,," is {"a", "b"}.
std::vector<std::string> commaList(std::string_view text);

// "k=v,k2=v2" as an object of texts; of a repeated key the last value. Throws Error (Input) naming `option`.
Json keyValueList(std::string_view text, std::string_view option);

// An option that gives an amount of the chain's coin, in wei. Throws Error (Input).
std::optional<evm::U256> coinsOption(const Arguments& arguments, const std::string& option);

}  // namespace peaqos::cli
