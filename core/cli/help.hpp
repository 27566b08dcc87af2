// Help texts, made from the table of commands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace peaqos::cli {

// The help of the root (empty path), a group or a command.
std::string help(std::string_view path);

}  // namespace peaqos::cli
