// The manual page, made from the table of commands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace peaqos::cli {

// peaqos(1) in the man macros of troff.
std::string manual();

}  // namespace peaqos::cli
