// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <gtest/gtest.h>

namespace peaqos {
namespace {

TEST(Time, IsWrittenInUtc) {
  EXPECT_EQ(formatTime(1776945600), "2026-04-23T12:00:00Z");
  EXPECT_EQ(formatTime(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(formatTime(951782400), "2000-02-29T00:00:00Z");
  EXPECT_EQ(formatMicroseconds(1776945600'482917), "2026-04-23T12:00:00.482917+00:00");
  EXPECT_EQ(formatMicroseconds(1776945600'000000), "2026-04-23T12:00:00+00:00");
}

TEST(Time, IsReadInEveryAcceptedForm) {
  for (const std::string_view text :
       {"1776945600", "2026-04-23T12:00:00Z", "2026-04-23T12:00:00.999Z", "2026-04-23T20:00:00+08:00",
        "2026-04-23T07:30:00-04:30", "20260423T120000Z", "2026-04-23T12:00Z", "2026-04-23 12:00:00+00:00"}) {
    const ParsedTime time = parseTime(text);
    EXPECT_EQ(time.problem, TimeProblem::None) << text;
    EXPECT_EQ(time.seconds, 1776945600) << text;
  }
}

TEST(Time, IsRefusedOtherwise) {
  EXPECT_EQ(parseTime("2026-04-23").problem, TimeProblem::NoZone);
  EXPECT_EQ(parseTime("2026-04-23T12:00:00").problem, TimeProblem::NoZone);
  for (const std::string_view text :
       {"", "yesterday", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-04-23T25:00:00Z",
        "2026-04-23T12:00:00+25:00", "-5", "1e9", "99999999999999999999"}) {
    EXPECT_EQ(parseTime(text).problem, TimeProblem::Unreadable) << text;
  }
}

}  // namespace
}  // namespace peaqos
