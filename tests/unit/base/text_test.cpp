// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace peaqos {
namespace {

TEST(Text, CountsCodePoints) {
  EXPECT_EQ(width("Zürich"), 6U);
  EXPECT_EQ(padRight("Zürich", 8), "Zürich  ");
}

TEST(Text, CountsInSingularAndPlural) {
  EXPECT_EQ(counted(0, "machine"), "0 machines");
  EXPECT_EQ(counted(1, "machine"), "1 machine");
  EXPECT_EQ(counted(2, "file"), "2 files");
}

TEST(Text, MakesOneLineOfForeignWords) {
  EXPECT_EQ(oneLine("first\nsecond"), "first");
  EXPECT_EQ(oneLine("failed: {\"a\":1}"), "failed");
  EXPECT_EQ(oneLine("red \x1b[31m text"), "red");
  EXPECT_EQ(oneLine("\n\n"), "");
  const std::string cut = oneLine(std::string(300, 'x'));
  EXPECT_EQ(width(cut), 120U);
  EXPECT_TRUE(cut.ends_with("…"));
}

TEST(Text, TakesTheTerminalsControlAway) {
  EXPECT_EQ(printable("a\x1b]0;title\x07"
                      "b\r\n"),
            "a\\x1b]0;title\\x07b  ");
}

TEST(Text, ShowsWhatWouldTurnTextAround) {
  EXPECT_EQ(printable("a\u202Etxt.exe\u2066\u200F\u2028"), "a\\u202etxt.exe\\u2066\\u200f\\u2028");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            "\\x9b31m");
  EXPECT_EQ(printable("Zürich \xF0\x9F\xA4\x96"), "Zürich \xF0\x9F\xA4\x96");
}

TEST(Text, KnowsUtf8) {
  EXPECT_TRUE(isValidUtf8("Zürich \xF0\x9F\xA4\x96"));
  for (const std::string_view text : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82"})
    EXPECT_FALSE(isValidUtf8(text));
}

TEST(Text, FindsTheNearestWord) {
  EXPECT_EQ(nearest("actvate", {"activate", "whoami"}), "activate");
  EXPECT_FALSE(nearest("xyz", {"activate", "whoami"}));
  EXPECT_EQ(nearest("activatexx", {"activate"}), "activate");
  EXPECT_FALSE(nearest("activatexxx", {"activate"}));
  EXPECT_FALSE(nearest(std::string(64U << 20, 'a'), std::vector<std::string>(40, "aaaaaaaaaaaaaaaaaaaa")));
}

}  // namespace
}  // namespace peaqos
