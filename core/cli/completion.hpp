// Scripts that complete command lines of peaqos in a shell, made from the table of commands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace peaqos::cli {

std::string bashCompletion();
std::string fishCompletion();
std::string zshCompletion();

}  // namespace peaqos::cli
