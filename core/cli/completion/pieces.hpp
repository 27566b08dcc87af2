// What the scripts of all shells are made of.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cli/tree.hpp"

namespace peaqos::cli {

// "--name".
std::string flagOf(const Option& option);

// The choices of an option, with blanks between them.
std::string choicesOf(const Option& option);

// The rows of a `case` of bash and zsh by which a word leads from a place to the next: 'qualify event') <then> ;;
std::string steps(std::string_view then);

}  // namespace peaqos::cli
