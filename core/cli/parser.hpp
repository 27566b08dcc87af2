// From the words of a command line to a command and its arguments.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace peaqos::cli {

struct Parsed {
  Arguments global;
  const Command* command = nullptr;  // none: help of `path`, which is the root's when it is empty
  std::string path;                  // what was named: a command's or a group's path
  Arguments arguments;
  bool help = false;
  bool schema = false;  // --json-schema: of the command of `path`
};

// Parses (docs/commands.md#command-lines): global options before the command, `--opt value` or `--opt=value`, bundled
// short flags, the last of a repeated option wins, `--` ends options, nothing is abbreviated. A flag's value types are
// checked. Throws Error (Input, "USAGE") in one line: what is wrong, what is accepted, and where the help is.
Parsed parse(const std::vector<std::string>& words);

}  // namespace peaqos::cli
