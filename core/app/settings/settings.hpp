// The settings of `.env`, for whoever edits them in a form.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

struct Setting {
  std::string name;
  std::optional<std::string> value;  // none for what is or may be secret
};

struct Settings {
  std::vector<Setting> variables;  // those of the file, by name; an empty value counts as none
  std::vector<std::size_t> badLines;
};

// What the file says, not what the environment does. A name that is not known to be harmless has no value here.
Task<Settings> readSettings(Caller caller);

// Sets variables, each in its line; comments, unknown lines and their order stay. An empty value counts as none. What
// has no value here is secret: it is asked for, as the hidden question "setting". Throws Error (Input).
Task<Settings> changeSettings(std::vector<Setting> changes, Caller caller);

Json toJson(const Settings& settings);

}  // namespace peaqos::app
