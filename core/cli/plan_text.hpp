// Plans of commands, as text and as JSON (docs/commands.md#plans).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signing/plan.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {

// Of every command that can write.
inline constexpr Option kPlanOption = {
    .name = "plan", .type = ValueType::Flag, .help = "Show what would be read, sent and paid, and do none of it"};

// Prints a plan as a command's result: JSON with --json.
void showPlan(const app::Plan& plan, const Arguments& arguments, Output& output);

// JSON Schema of app::toJson(Plan).
Json planSchema();

}  // namespace peaqos::cli
