// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include <gtest/gtest.h>

namespace peaqos {
namespace {

std::string again(std::string_view text) { return dumpJson(parseJson(text).value()); }

TEST(JsonText, KeepsEveryDigit) {
  for (const std::string_view text : {"1.10", "82.0", "1e40", "-0.0", "18446744073709551616",
                                      "123456789012345678901234567890", "-9223372036854775808"}) {
    EXPECT_EQ(again(text), text);
  }
  EXPECT_EQ(again(R"({"b":1.50,"a":[1.0]})"), R"({"b":1.50,"a":[1.0]})");
}

TEST(JsonText, TellsIntegersFromFractions) {
  EXPECT_TRUE(isInteger(*parseJson("82")));
  EXPECT_FALSE(isInteger(*parseJson("82.0")));
  EXPECT_TRUE(isNumber(*parseJson("82.0")));
  EXPECT_TRUE(isInteger(*parseJson("123456789012345678901234567890")));
  EXPECT_FALSE(toInt64(*parseJson("123456789012345678901234567890")));
  EXPECT_FALSE(isNumber(*parseJson("true")));
  EXPECT_FALSE(isNumber(*parseJson("\"1\"")));
}

TEST(JsonText, RefusesWhatIsNoJson) {
  for (const std::string_view text : {"", "{", "{} x", "{'a':1}", "[1,]", "nul", "\"\xff\""})
    EXPECT_FALSE(parseJson(text)) << text;
  EXPECT_FALSE(parseJson(std::string(100'000, '[')));
}

TEST(JsonText, IsWrittenAsAscii) {
  EXPECT_EQ(dumpJson(Json("Zürich \xF0\x9F\xA4\x96")), "\"Z\\u00fcrich \\ud83e\\udd16\"");
  EXPECT_EQ(dumpSorted(*parseJson(R"({"b":1,"a":{"d":2,"c":3}})")), R"({"a":{"c":3,"d":2},"b":1})");
}

TEST(JsonMember, GivesTheTextOfAMemberOrNone) {
  const Json object{{"text", "a"}, {"number", 1}, {"nothing", nullptr}};
  EXPECT_EQ(textOrEmpty(object, "text"), "a");
  for (const char* name : {"number", "nothing", "absent"}) EXPECT_EQ(textOrEmpty(object, name), "");
  EXPECT_EQ(textOrEmpty(Json::array(), "text"), "");
}

}  // namespace
}  // namespace peaqos
