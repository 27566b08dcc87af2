// SPDX-License-Identifier: Apache-2.0
#include "app/dotenv.hpp"

#include <gtest/gtest.h>

namespace peaqos::app {
namespace {

DotenvFile read(std::string_view text) {
  return parseDotenv(text, [](const std::string& name) {
    return name == "HOME" ? std::optional<std::string>("/home/op") : std::nullopt;
  });
}

std::string valueOf(std::string_view text) { return read(text).variables.at("A"); }

TEST(Dotenv, ReadsEveryForm) {
  EXPECT_EQ(valueOf("A=1"), "1");
  EXPECT_EQ(valueOf("  export A = 1  "), "1");
  EXPECT_EQ(valueOf("A=one two # note"), "one two");
  EXPECT_EQ(valueOf("A=one#two"), "one#two");
  EXPECT_EQ(valueOf("A='one # \"two\"'"), "one # \"two\"");
  EXPECT_EQ(valueOf("A=\"one\\ntwo\""), "one\ntwo");
  EXPECT_EQ(valueOf("A=\"one\ntwo\""), "one\ntwo");
  EXPECT_EQ(valueOf("A="), "");
  EXPECT_EQ(valueOf("A=1\nA=2"), "2");
  EXPECT_EQ(valueOf("\xEF\xBB\xBF"
                    "A=1\r\n"),
            "1");
}

TEST(Dotenv, ReplacesVariables) {
  EXPECT_EQ(valueOf("A=${HOME}/x"), "/home/op/x");
  EXPECT_EQ(valueOf("B=b\nA=${B}${C:-c}"), "bc");
}

TEST(Dotenv, NamesBadLines) {
  const DotenvFile file = read("A=1\nnonsense without sign\nB=\"open\nC=3");
  EXPECT_EQ(file.variables.at("A"), "1");
  EXPECT_FALSE(file.badLines.empty());
  EXPECT_EQ(file.badLines.front(), 2U);
}

}  // namespace
TEST(DotenvLine, IsReadBackAsItWas) {
  const std::string values[] = {"",
                                "plain",
                                "https://host/path?a=b&c=d",
                                "a b",
                                " edges ",
                                "a#b #c",
                                "quote\"s and 'others'",
                                "back\\slash \\n",
                                "two\nlines\r",
                                "$NAME stays",
                                "ümlaut"};
  const VariableLookup none = [](const std::string&) { return std::nullopt; };
  for (const std::string& value : values) {
    const DotenvFile file = parseDotenv("A=1\n" + dotenvLine("NAME", value) + "B=2\n", none);
    EXPECT_EQ(file.variables.at("NAME"), value);
    EXPECT_EQ(file.variables.at("B"), "2");
    EXPECT_TRUE(file.badLines.empty());
  }
}

}  // namespace peaqos::app
