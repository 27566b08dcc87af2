// Members of the MCR API's answers as text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/json.hpp"

namespace peaqos::cli {

// What stands for a value that is null.
constexpr std::string_view kNothing = "—";

// A text or a number as it is; kNothing for null and absent members.
std::string textOf(const Json& object, std::string_view member);

// Unix seconds as "2026-04-23T12:00:00Z"; kNothing for null.
std::string timeOf(const Json& object, std::string_view member);

}  // namespace peaqos::cli
