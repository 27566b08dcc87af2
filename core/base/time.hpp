// Points in time as text (ISO 8601).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peaqos {

// "2026-04-23T12:00:00Z" from Unix seconds.
std::string formatTime(std::int64_t seconds);

// "2026-04-23T12:00:00.482917+00:00" from Unix microseconds: what peaqos.log holds. A whole second has no fraction.
std::string formatMicroseconds(std::int64_t microseconds);

enum class TimeProblem { None, Unreadable, NoZone };

struct ParsedTime {
  std::int64_t seconds = 0;
  TimeProblem problem = TimeProblem::None;
};

// Parses Unix seconds (digits only) or an ISO 8601 date and time with "Z" or an offset, in extended
// (2026-04-23T12:00:00+08:00) or basic form (20260423T120000Z); seconds may be left out, a fraction is cut off.
// A date without a time, or a time without an offset, is NoZone.
ParsedTime parseTime(std::string_view text);

}  // namespace peaqos
