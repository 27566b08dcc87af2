// Options that are numbers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command.hpp"
#include "evm/u256.hpp"

namespace peaqos::cli {

// Each is std::nullopt without the option, and throws Error (Input, "BAD_FIELD") for a value that is none.

// From 1 to 100000.
std::optional<std::uint64_t> countFrom(const Arguments& arguments, const std::string& option);
// The number of a block.
std::optional<std::uint64_t> blockFrom(const Arguments& arguments, const std::string& option);
// An amount of the chain's coin, in wei.
std::optional<evm::U256> coinsFrom(const Arguments& arguments, const std::string& option);

Error badOption(const std::string& option, const std::string& value, std::string hint);

}  // namespace peaqos::cli
