// Spans of time, the calendar file, and what a machine's id is computed from.
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/calendar.hpp"

#include <gtest/gtest.h>

#include "app/machine/horizon.hpp"
#include "app/machine/identity.hpp"
#include "base/error.hpp"

namespace peaqos::app {
namespace {

TEST(Spans, AreWholeHoursDaysOrWeeks) {
  EXPECT_EQ(checkSpan("12h", "--before"), 43'200U);
  EXPECT_EQ(checkSpan("30d", "--before"), 2'592'000U);
  EXPECT_EQ(checkSpan("0d", "--before"), 0U);
  EXPECT_EQ(checkSpan("2w", "--before"), 1'209'600U);
  for (const char* text : {"", "d", "30", "30 d", "-1d", "1.5d", "30m", "99999999999999999999d", "40000d"}) {
    EXPECT_THROW(checkSpan(text, "--before"), Error) << text;
  }
}

TEST(CalendarFile, HasADayForEachDateToCome) {
  const Json machine{{"machine_id", "6797059852626571897596538631639987226658599017392690144141920250617808126524"},
                     {"tier", "entry"},
                     {"subscription", "grace"},
                     {"period_end", "1795732362"},
                     {"bond_lost_from", "1798324362"},
                     {"over", "1803508362"},
                     {"days_left", "-3"},
                     {"bonded_amount", "400000000000000000"}};
  const std::string file = iCalendarOf({{"machines", Json::array({machine})}}, 1796000000);
  EXPECT_TRUE(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  EXPECT_TRUE(file.ends_with("END:VCALENDAR\r\n"));
  EXPECT_EQ(file.find("period-end"), std::string::npos) << "that date is over";
  EXPECT_NE(file.find("DTSTART;VALUE=DATE:20261226\r\n"), std::string::npos) << file;
  EXPECT_NE(file.find("SUMMARY:Machine 679705...6524: bond begins to be lost\r\n"), std::string::npos) << file;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t end = file.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75U);
    at = end + 2;
  }
}

TEST(CredentialSubjects, AreWholeBytes) {
  EXPECT_EQ(checkCredentialSubject("0x", "f"), Bytes());
  EXPECT_EQ(checkCredentialSubject("0xDEad", "f"), (Bytes{0xDE, 0xAD}));
  for (const char* text : {"", "dead", "0xd", "0xzz", "0Xdead"}) {
    EXPECT_THROW(checkCredentialSubject(text, "f"), Error) << text;
  }
  for (const char* text : {"", " ", " Sensor", "Sensor\n", "\xff"})
    EXPECT_THROW(checkMachineType(text, "f"), Error) << text;
}

}  // namespace
}  // namespace peaqos::app
