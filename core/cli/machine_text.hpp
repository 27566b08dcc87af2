// What the commands about machines of generation 2 have in common: options, input, and texts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/machine/change_machine.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/offline_text.hpp"
#include "cli/plan_text.hpp"

namespace peaqos::cli {

inline constexpr Argument kMachineArgument = {"MACHINE_ID", "The machine: its ID in decimal, or did:peaq: and that"};

inline constexpr Option kYesOption = {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Do not ask"};
inline constexpr Option kDryRunOption = {
    .name = "dry-run", .type = ValueType::Flag, .help = "Show what would be done, and sign nothing"};
inline constexpr Option kChangeJsonOption = {
    .name = "json", .type = ValueType::Flag, .help = "Print the result as JSON; it is no consent"};

// --dry-run, --yes, or neither.
app::Consent consentOf(const Arguments& arguments);

// Fulfils a wish and prints what became of it, or the plan of that; with --unsigned writes its transaction to a file.
// `command` is its path.
Task<void> runChange(std::string command, std::unique_ptr<app::Wish> wish, Arguments arguments, app::Caller caller,
                     Output& output);

std::string changeText(const Json& result);
Json changeSchema();
Json changeOrFileSchema();  // that, or the file of --unsigned

// Machine ids of the command line, lines of standard input in the place of '-'.
Task<std::vector<std::string>> machineIdsOf(const Arguments& arguments, host::Terminal& terminal);

// "2026-04-23T12:00:00Z" for Unix seconds as a text; "—" for "0".
std::string timeText(const Json& object, std::string_view member);
// "0.4000 PEAQ" for wei as a text.
std::string peaqText(const Json& object, std::string_view member);
// "0, 2" for a list of texts; "none" for an empty one.
std::string listText(const Json& list);
std::string yesNo(const Json& object, std::string_view member);

}  // namespace peaqos::cli
