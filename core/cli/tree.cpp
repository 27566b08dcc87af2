// SPDX-License-Identifier: Apache-2.0
#include "cli/tree.hpp"

#include <algorithm>

namespace peaqos::cli {
namespace {

void addBelow(const std::string& path, std::vector<Place>& out) {
  for (const Child& child : children(path)) {
    Place place{.path = path.empty() ? child.name : path + " " + child.name, .summary = child.summary};
    const auto command = std::ranges::find(commands(), place.path, &Command::path);
    if (command != commands().end()) {
      place.command = *command;
      place.options.assign((*command)->options.begin(), (*command)->options.end());
    }
    place.children = children(place.path);
    place.options.push_back(kHelpOption);
    out.push_back(place);
    addBelow(place.path, out);
  }
}

}  // namespace

std::vector<Child> children(std::string_view path) {
  const std::string prefix = path.empty() ? "" : std::string(path) + " ";
  std::vector<Child> found;
  for (const Command* command : commands()) {
    if (!command->path.starts_with(prefix)) continue;
    const std::string_view rest = command->path.substr(prefix.size());
    const std::string name(rest.substr(0, rest.find(' ')));
    if (!found.empty() && found.back().name == name) continue;
    const auto group = std::ranges::find(groups(), prefix + name, &Group::path);
    found.push_back({name, group == groups().end() ? command->summary : group->summary});
  }
  return found;
}

std::vector<Place> places() {
  std::vector<Place> out{{.children = children("")}};
  out[0].options.assign(globalOptions().begin(), globalOptions().end());
  addBelow("", out);
  return out;
}

}  // namespace peaqos::cli
