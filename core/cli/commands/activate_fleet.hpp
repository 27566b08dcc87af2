// peaqos activate --fleet FILE: its options, and how it runs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.hpp"

namespace peaqos::cli {

inline constexpr Option kFleetOption = {
    .name = "fleet",
    .type = ValueType::File,
    .placeholder = "PATH",
    .help = "Activate the machines of a file as their operator: JSON Lines, or CSV with a header",
    .secret = true};  // its lines name files with keys
inline constexpr Option kGasPerMachineOption = {
    .name = "gas-per-machine",
    .type = ValueType::Number,
    .placeholder = "COINS",
    .help = "With --fleet: top up every machine that cannot pay what it has to pay to so much, from the operator",
    .unit = "coins",
    .needs = "fleet"};
inline constexpr Option kFleetResultsOption = {
    .name = "results",
    .type = ValueType::File,
    .placeholder = "PATH",
    .help = "With --fleet: file for what became of each line, as JSON Lines; what it held is replaced",
    .needs = "fleet",
    .use = FileUse::Written};
inline constexpr Option kFleetStrictOption = {.name = "strict",
                                              .type = ValueType::Flag,
                                              .help = "With --fleet: spend nothing if any line is invalid",
                                              .needs = "fleet"};

Task<void> runFleet(Arguments arguments, app::Caller caller, Output& output);

// JSON Schema of a line of its results.
Json fleetLineSchema();

}  // namespace peaqos::cli
