// SPDX-License-Identifier: Apache-2.0
#include "app/settings/dotenv.hpp"

#include <gtest/gtest.h>

#include "app/settings/write_dotenv.hpp"
#include "base/error.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kPlenty = 1U << 20;

DotenvFile read(std::string_view text, std::size_t limit = kPlenty) {
  const VariableLookup home = [](const std::string& name) {
    return name == "HOME" ? std::optional<std::string>("/home/op") : std::nullopt;
  };
  return parseDotenv(text, home, limit);
}

std::string valueOf(std::string_view text) { return read(text).variables.at("A"); }

TEST(Dotenv, ReadsEveryForm) {
  EXPECT_EQ(valueOf("A=1"), "1");
  EXPECT_EQ(valueOf("  export A = 1  "), "1");
  EXPECT_EQ(valueOf("\n\n'A'=1"), "1");
  EXPECT_EQ(valueOf("A=one two # note"), "one two");
  EXPECT_EQ(valueOf("A=one#two"), "one#two");
  EXPECT_EQ(valueOf("A=#one"), "#one");
  EXPECT_EQ(valueOf("A= # one"), "");
  EXPECT_EQ(valueOf("A=a'b'c"), "a'b'c");
  EXPECT_EQ(valueOf("A==1"), "=1");
  EXPECT_EQ(valueOf("A='one # \"two\"'"), "one # \"two\"");
  EXPECT_EQ(valueOf("A='it\\'s'"), "it's");
  EXPECT_EQ(valueOf("A='\\n'"), "\\n");
  EXPECT_EQ(valueOf("A=\"one\\ntwo\\q\"#note"), "one\ntwo\\q");
  EXPECT_EQ(valueOf("A=\"one\ntwo\""), "one\ntwo");
  EXPECT_EQ(valueOf("A="), "");
  EXPECT_EQ(valueOf("A=1\nA=2"), "2");
  EXPECT_EQ(valueOf("A=b\xC2\xA0# no-break space"), "b");
  EXPECT_EQ(valueOf("\xEF\xBB\xBF"
                    "A=1\r\n"),
            "1");
}

TEST(Dotenv, EndsLinesInEachWay) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const DotenvFile file =
        read("A=1" + end + end + "# note" + end + "B=\"x" + end + "y\"" + end + "no way" + end + "C=3");
    EXPECT_EQ(file.variables.at("A"), "1");
    EXPECT_EQ(file.variables.at("B"), "x" + end + "y");
    EXPECT_EQ(file.variables.at("C"), "3");
    ASSERT_EQ(file.badLines.size(), 1U);
    EXPECT_EQ(file.badLines[0].line, 6U);
    EXPECT_EQ(file.assignments[2].line, 7U);
  }
}

TEST(Dotenv, ReplacesVariables) {
  EXPECT_EQ(valueOf("A=${HOME}/x"), "/home/op/x");
  EXPECT_EQ(valueOf("B=b\nA=${B}${C:-c}"), "bc");
  EXPECT_EQ(valueOf("A='${C:-a:-b}'"), "a:-b");
  EXPECT_EQ(valueOf("A=${a:b}${}${"), "${a:b}${");
  EXPECT_EQ(valueOf("A=$HOME"), "$HOME");
  EXPECT_EQ(valueOf("B\nA=${B:-x}"), "");
}

TEST(Dotenv, ANameAloneTakesItsValueAway) { EXPECT_EQ(read("A=1\nA\nB=2").variables.count("A"), 0U); }

TEST(Dotenv, ALineThatCannotBeReadCostsNoOther) {
  const DotenvFile file = read("A=1\nnonsense without sign\nB='open\nC=\"3\" x\nD=4\n=5\n0xsecret=\"\n");
  EXPECT_EQ(file.variables, (std::map<std::string, std::string>{{"A", "1"}, {"D", "4"}}));
  ASSERT_EQ(file.badLines.size(), 5U);
  EXPECT_EQ(file.badLines[0].line, 2U);
  EXPECT_EQ(file.badLines[0].problem, "it is no NAME=value; it sets nothing");
  EXPECT_EQ(file.badLines[1].line, 3U);
  EXPECT_EQ(file.badLines[1].problem, "its quote is never closed; B is not set by it");
  EXPECT_EQ(file.badLines[2].line, 4U);
  EXPECT_EQ(file.badLines[2].problem, "text follows its closing quote; C is not set by it");
  EXPECT_EQ(file.badLines[3].line, 6U);
  EXPECT_EQ(file.badLines[4].problem, "its quote is never closed; it sets nothing");  // the name may be a secret
}

TEST(Dotenv, StopsWhatGrowsWithoutEnd) {
  std::string text = "A=0123456789\n";
  for (int i = 0; i < 60; ++i) text += "A=${A}${A}\n";
  EXPECT_THROW(read(text, 1U << 16), Error);
}

TEST(Dotenv, ReadsInOneGo) {
  std::string text = "A=";
  while (text.size() < kPlenty / 2) text += "${x";
  EXPECT_EQ(valueOf(text + ":}"), text.substr(2) + ":}");
  text.clear();
  while (text.size() < kPlenty / 2) text += "A=\"\\\"\n";
  EXPECT_FALSE(read(text).badLines.empty());
}

TEST(WriteDotenv, ALineIsReadBackAsItWas) {
  const std::string values[] = {"",
                                "plain",
                                "https://host/path?a=b&c=d",
                                "a b",
                                " edges ",
                                "a#b #c",
                                "#",
                                "quote\"s and 'others'",
                                "back\\slash \\n",
                                "C:\\path\\",
                                "two\nlines\r",
                                "$NAME stays",
                                "ümlaut"};
  for (const std::string& value : values) {
    const DotenvFile file = read("A=1\n" + dotenvLine("NAME", value) + "B=2\n");
    EXPECT_EQ(file.variables.at("NAME"), value);
    EXPECT_EQ(file.variables.at("B"), "2");
    EXPECT_TRUE(file.badLines.empty());
  }
}

TEST(WriteDotenv, RefusesWhatWouldBeReadOtherwise) {
  using namespace std::string_literals;
  for (const std::string& value : {"k-${HOME}-1"s, "${"s, "a\0b"s, "\xFF"s}) {
    EXPECT_FALSE(unspellable(value).empty());
    EXPECT_THROW(dotenvLine("A", value), Error);
    EXPECT_THROW(withVariable("B=1\n", "A", value), Error);
  }
}

TEST(WriteDotenv, KeepsEverythingElse) {
  EXPECT_EQ(withVariable("# n\r\nA=1\r\nB=2", "A", "x"), "# n\r\nA=x\r\nB=2");
  EXPECT_EQ(withVariable("B=2\r\nC=3", "A", "x"), "B=2\r\nC=3\r\nA=x\r\n");
  EXPECT_EQ(withVariable("B=2\rC=3", "A", "x"), "B=2\rC=3\rA=x\r");
  EXPECT_EQ(withVariable("export A=1\n", "A", "x"), "export A=1\nA=x\n");
  EXPECT_EQ(withVariable("N='open\n", "A", "x"), "N='open\nA=x\n");
  // The value's quote would close the one that is open.
  EXPECT_THROW(withVariable("N='open\n", "A", "it's"), Error);
}

}  // namespace
}  // namespace peaqos::app
