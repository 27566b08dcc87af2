// Variables named in values: ${NAME} and ${NAME:-fallback}.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace peaqos::app {

// Gives the value of a variable.
using VariableLookup = std::function<std::optional<std::string>(const std::string&)>;

// The value with its variables replaced; an unknown one by its fallback, or by nothing. What does not end stays as it
// is, and so does a bare $NAME. At most `limit` bytes: nothing when there are more.
std::optional<std::string> expand(std::string_view value, const VariableLookup& variables, std::size_t limit);

}  // namespace peaqos::app
