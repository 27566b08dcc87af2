// SPDX-License-Identifier: Apache-2.0
#include "cli/market_text.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/value_lists.hpp"

namespace peaqos::cli {
namespace {

std::string shown(std::string_view amount, const Json& currency) { return money(parseJson(amount).value(), currency); }

TEST(Money, HasTwoDecimalsAndItsCurrency) {
  EXPECT_EQ(shown("1.5", "USD"), "$1.50");
  EXPECT_EQ(shown("\"1.5\"", "EUR"), "€1.50");
  EXPECT_EQ(shown("5", "GBP"), "£5.00");
  EXPECT_EQ(shown("5", "JPY"), "5.00 JPY");
  EXPECT_EQ(shown("5", nullptr), "5.00");
  EXPECT_EQ(shown("null", "USD"), "—");
  EXPECT_EQ(shown("\"much\"", "USD"), "much");
  EXPECT_EQ(shown("-0.5", "USD"), "$-0.50");
}

TEST(Money, RoundsTheExactDouble) {
  EXPECT_EQ(shown("1.005", nullptr), "1.00");
  EXPECT_EQ(shown("1.015", nullptr), "1.01");
  EXPECT_EQ(shown("1.025", nullptr), "1.02");
  EXPECT_EQ(shown("0.125", nullptr), "0.12");
  EXPECT_EQ(shown("0.375", nullptr), "0.38");
  EXPECT_EQ(shown("2.675", nullptr), "2.67");
  EXPECT_EQ(shown("0.004", nullptr), "0.00");
  EXPECT_EQ(shown("99.999", nullptr), "100.00");
}

TEST(Identities, AreShort) {
  const Json object = parseJson(R"({"did":"did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5","none":null,
      "other":"peaqos:machine:bot","address":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"})")
                          .value();
  EXPECT_EQ(shortIdentity(object, "did"), "did:peaq:0x9a5...37C5");
  EXPECT_EQ(shortIdentity(object, "address"), "0xf39F...2266");
  EXPECT_EQ(shortIdentity(object, "other"), "peaqos:machine:bot");
  EXPECT_EQ(shortIdentity(object, "none"), "—");
}

TEST(ShellWords, AreQuotedWhereTheyMust) {
  EXPECT_EQ(shellWord("mach_1"), "mach_1");
  EXPECT_EQ(shellWord("a b"), "'a b'");
  EXPECT_EQ(shellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(shellWord("$(x)"), "'$(x)'");
  EXPECT_EQ(shellWord(""), "''");
}

TEST(ValueLists, AreSplit) {
  EXPECT_EQ(commaList(" a, b,,c "), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(commaList("").empty());
  EXPECT_EQ(dumpJson(keyValueList("a=1, b = c=d ,a=2", "labels")), R"({"a":"2","b":"c=d"})");
  EXPECT_THROW(keyValueList("a", "labels"), Error);
  EXPECT_THROW(keyValueList("=1", "labels"), Error);
}

}  // namespace
}  // namespace peaqos::cli
