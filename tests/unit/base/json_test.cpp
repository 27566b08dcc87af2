// SPDX-License-Identifier: Apache-2.0
#include "base/strict_json.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <limits>

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
  for (const std::string_view text :
       {"01", "+1", "1.", ".5", "1e999", "0x1", "NaN", "\"\t\"", "\"\\x\"", "\"\\ud83e\"", "/**/1"})
    EXPECT_FALSE(parseJson(text)) << text;
  EXPECT_FALSE(parseJson(std::string_view("{}\0", 3)));
  EXPECT_FALSE(parseJson(std::string(100'000, '[')));
}

TEST(JsonText, NestsTwoHundredDeep) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(again(nested(200)), nested(200));
  EXPECT_FALSE(parseJson(nested(201)));
  EXPECT_TRUE(parseJson("[" + nested(199) + "," + nested(199) + "]"));
}

TEST(JsonText, IsReadStrictlyOrNot) {
  EXPECT_EQ(again("\xEF\xBB\xBF[1]"), "[1]");
  EXPECT_FALSE(parseStrictJson("\xEF\xBB\xBF[1]"));
  EXPECT_EQ(again(R"({"a":1,"b":2,"a":3})"), R"({"a":3,"b":2})");
  EXPECT_FALSE(parseStrictJson(R"({"a":1,"b":2,"a":3})"));
  EXPECT_FALSE(parseStrictJson(R"([{"a":1,"\u0061":3}])"));
}

TEST(JsonText, TheRepeatedMemberIsNamed) {
  EXPECT_EQ(readStrictJson(R"({"a":[1,{"b":{"c":1,"d":2,"c":3}}]})").repeated, "a[1].b.c");
  EXPECT_EQ(readStrictJson(R"([[{"a":1,"a":2}]])").repeated, "[0][0].a");
  EXPECT_EQ(readStrictJson(R"({"a":1,"a":2})").repeated, "a");
  EXPECT_EQ(readStrictJson(R"({"a":1,)").repeated, "");
  EXPECT_EQ(readStrictJson(R"({"a":{"a":1}})").value, parseJson(R"({"a":{"a":1}})"));
  std::string many = "{";
  for (int i = 0; i < 40; ++i) many += "\"m" + std::to_string(i) + "\":0,";
  EXPECT_EQ(readStrictJson("[" + many + R"("m7":1}])").repeated, "[0].m7");
  EXPECT_EQ(readStrictJson("[" + many + R"("x":{"y":0,"y":1}}])").repeated, "[0].x.y");
}

// With a search among all members for each, this would take minutes.
TEST(JsonText, ReadsAnObjectOfManyMembers) {
  constexpr std::size_t kMembers = 200'000;
  std::string text = "{";
  for (std::size_t i = 0; i < kMembers; ++i) text += "\"member" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  const auto once = parseStrictJson(text + "\"last\":0}");
  ASSERT_TRUE(once);
  EXPECT_EQ(once->size(), kMembers + 1);
  EXPECT_EQ(once->begin().key(), "member0");
  EXPECT_EQ(once->rbegin()->get<int>(), 0);
  EXPECT_FALSE(parseStrictJson(text + "\"member7\":[true]}"));
  const auto twice = parseJson(text + "\"member7\":[true],\"last\":0,\"\\u006cast\":1,\"member7\":2}");
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->size(), kMembers + 1);
  EXPECT_EQ(std::next(twice->begin(), 7).key(), "member7");
  EXPECT_EQ(std::next(twice->begin(), 7)->get<int>(), 2) << "the last value counts, at the place of the first";
  EXPECT_EQ(twice->rbegin()->get<int>(), 1);
}

TEST(JsonText, ReadsLargeTextsOfEveryShape) {
  constexpr std::size_t kSize = 4'000'000;
  EXPECT_EQ(parseJson("\"" + std::string(kSize, 'a') + "\"")->get_ref<const std::string&>().size(), kSize);
  EXPECT_FALSE(parseJson(std::string(kSize, '[')));
  EXPECT_FALSE(parseJson(std::string(kSize, '9'))) << "no double comes near";
  std::string list = "[";
  while (list.size() < kSize) list += "{},";
  EXPECT_EQ(parseJson(list + "0]")->size(), list.size() / 3 + 1);
}

TEST(JsonText, KeepsTheKindOfANumber) {
  EXPECT_EQ(again("-0"), "0");
  EXPECT_EQ(toUint64(*parseJson("18446744073709551615")), 18446744073709551615U);
  EXPECT_EQ(toInt64(*parseJson("-9223372036854775808")), std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(toInt64(*parseJson("9223372036854775808")));
  EXPECT_FALSE(toUint64(*parseJson("-1")));
}

TEST(JsonText, IsWrittenAsAscii) {
  EXPECT_EQ(dumpJson(Json("Zürich \xF0\x9F\xA4\x96")), "\"Z\\u00fcrich \\ud83e\\udd16\"");
  EXPECT_EQ(dumpJson(Json("\"\\/\b\t\n\f\r\x01\x7F")), R"("\"\\/\b\t\n\f\r\u0001\u007f")");
  EXPECT_EQ(again(R"("\u0000\ud83e\udd16\/")"), R"("\u0000\ud83e\udd16/")");
  EXPECT_EQ(dumpJson(Json("a\xFF\xC3")), R"("a\ufffd\ufffd")");
  EXPECT_EQ(dumpJson(Json{true, nullptr, -1}), "[true,null,-1]");
  EXPECT_EQ(dumpSorted(*parseJson(R"({"b":1,"a":{"d":2,"c":3}})")), R"({"a":{"c":3,"d":2},"b":1})");
}

TEST(JsonText, IsWrittenInUtf8) {
  EXPECT_EQ(dumpUtf8(Json("Z\u00FCrich \u007F\u0001\n\xFF")), "\"Z\u00FCrich \x7F\\u0001\\n\uFFFD\"");
  EXPECT_EQ(dumpUtf8(*parseJson(R"({"a":[],"b":{},"c":[1]})")),
            "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1\n  ]\n}");
}

TEST(JsonMember, GivesTheTextOfAMemberOrNone) {
  const Json object{{"text", "a"}, {"number", 1}, {"nothing", nullptr}};
  EXPECT_EQ(textOrEmpty(object, "text"), "a");
  for (const char* name : {"number", "nothing", "absent"}) EXPECT_EQ(textOrEmpty(object, name), "");
  EXPECT_EQ(textOrEmpty(Json::array(), "text"), "");
}

}  // namespace
}  // namespace peaqos
