// Values of options that are several in one word.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {

// "a, b,," is {"a", "b"}.
std::vector<std::string> commaList(std::string_view text);

// "k=v,k2=v2" as an object of texts; of a repeated key the last value. Throws Error (Input) naming `option`.
Json keyValueList(std::string_view text, std::string_view option);

}  // namespace peaqos::cli
