// The table of commands as a tree of places, each being what can stand before the next word of a command line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace peaqos::cli {

// The last word of a command's or a group's path, and its summary.
struct Child {
  std::string name;
  std::string_view summary;
};

// The root, a group or a command.
struct Place {
  std::string path = {};  // empty: the root
  std::string_view summary = {};
  std::vector<Child> children = {};  // none below a command that is no group
  std::vector<Option> options = {};  // --help among them
  const Command* command = nullptr;
};

// Commands and groups one level below a path.
std::vector<Child> children(std::string_view path);

// Every place, the root first, each group before what is in it.
std::vector<Place> places();

}  // namespace peaqos::cli
