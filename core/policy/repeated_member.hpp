// Finds a member that an object of a JSON text has twice.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace peaqos::policy {

// The path of the first one, such as "amounts.PEAQ.perDay"; nothing where there is none. `text` is JSON that
// parseJson() reads.
std::optional<std::string> repeatedMember(std::string_view text);

// A path below another: "amounts" and "PEAQ" are "amounts.PEAQ".
std::string below(const std::string& path, std::string_view member);
std::string below(const std::string& path, std::size_t index);

}  // namespace peaqos::policy
