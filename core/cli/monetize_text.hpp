// What the commands of monetize have in common.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.hpp"

namespace peaqos::cli {

inline constexpr Option kRetriesOption = {
    .name = "max-unavailable-retries",
    .type = ValueType::Integer,
    .placeholder = "N",
    .help = "How often to try again while the API cannot see the machine, each time signed anew; at most 10",
    .fallback = "2"};
inline constexpr Option kRetryDelayOption = {.name = "unavailable-retry-delay-seconds",
                                             .type = ValueType::Integer,
                                             .placeholder = "N",
                                             .help = "Seconds between those tries; at most 60",
                                             .fallback = "1"};

Task<void> runMonetize(bool optIn, Arguments arguments, app::Caller caller, Output& output);

std::string monetizationText(const Json& status);
Json monetizationSchema();

}  // namespace peaqos::cli
