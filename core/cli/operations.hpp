// The table of commands as data for programs: what goes into a command, what it does, and what comes out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {

// JSON Schema of a command's options and arguments as members: "machine_id" is --machine-id, "service_id" the argument
// SERVICE_ID. --json is none of them. Beside the keywords of JSON Schema a member has
//   x-flag      the option's name
//   x-argument  or the argument's place, from 0
//   x-file      "read", "written" or "unstated": it is the path of a file
//   x-secret    true: it is a secret, or the path of one
//   x-unit      what a number counts
Json inputSchema(const Command& command);

// {error, commands: [{command, summary, details, effect, personal, lines, input, result}]}: `error`, `input` and
// `result` are schemas; `result` is null for a command without --json.
Json operations();

}  // namespace peaqos::cli
