// A span of time as a user writes it: "30d".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace peaqos::app {

// A whole number of hours, days or weeks ("12h", "30d", "6w"), in seconds. Throws Error (Input) "BAD_FIELD" for
// anything else, and for more than 100 years.
std::uint64_t checkSpan(const std::string& text, const std::string& field);

}  // namespace peaqos::app
