// SPDX-License-Identifier: Apache-2.0
#include "market/amounts.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace peaqos::market {
namespace {

Json json(std::string_view text) { return parseJson(text).value(); }

std::string units(std::string_view amount, unsigned decimals) {
  const auto value = toUnits(json(amount), decimals);
  return value ? value->toDecimal() : "none";
}

TEST(Amounts, BecomeUnitsByTheirOwnDigits) {
  EXPECT_EQ(units("1.5", 6), "1500000");
  EXPECT_EQ(units("\"1.5\"", 6), "1500000");
  EXPECT_EQ(units("0", 6), "0");
  EXPECT_EQ(units("7", 0), "7");
  EXPECT_EQ(units("1e-05", 6), "10");
  EXPECT_EQ(units("1.2E3", 2), "120000");
  EXPECT_EQ(units("0.1", 18), "100000000000000000");
  EXPECT_EQ(units("123456789012345678901234567890.123456789", 18), "123456789012345678901234567890123456789000000000");
}

TEST(Amounts, RoundHalfAUnitUp) {
  EXPECT_EQ(units("1.005", 2), "101");
  EXPECT_EQ(units("1.0049999", 2), "100");
  EXPECT_EQ(units("0.5", 0), "1");
}

TEST(Amounts, RefuseWhatIsNone) {
  for (const char* text :
       {"-1", "\"abc\"", "null", "true", "{}", "\"\"", "1e300", "1e-2147483648", "\"1e-2147483648\""})
    EXPECT_EQ(units(text, 6), "none");
  EXPECT_EQ(units("1", 78), "none");
}

TEST(Amounts, AreWrittenWithoutExponents) {
  EXPECT_EQ(plainDecimal(json("1e-05")), "0.00001");
  EXPECT_EQ(plainDecimal(json("1.50")), "1.5");
  EXPECT_EQ(plainDecimal(json("7.0")), "7");
  EXPECT_EQ(plainDecimal(json("-2.5e1")), "-25");
  EXPECT_EQ(plainDecimal(json("-0.00")), "0");
  EXPECT_EQ(plainDecimal(json("\"0.10\"")), "0.1");
  EXPECT_EQ(exactAmount(evm::U256(1'500'000), 6), "1.5");
  EXPECT_EQ(exactAmount(evm::U256(1), 18), "0.000000000000000001");
  EXPECT_EQ(exactAmount(evm::U256(5), 0), "5");
}

TEST(Metadata, GiveUnitsAsLiterals) {
  const auto given = [](std::string_view text) { return unitsFrom(json(text)); };
  EXPECT_EQ(given(R"({"rawAmount":"1500000"})"), evm::U256(1'500'000));
  EXPECT_EQ(given(R"({"raw_amount":1500000})"), evm::U256(1'500'000));
  EXPECT_EQ(given(R"({"rawAmount":" 0x10 "})"), evm::U256(16));
  EXPECT_EQ(given(R"({"rawAmount":"0o17"})"), evm::U256(15));
  EXPECT_EQ(given(R"({"rawAmount":"0b11"})"), evm::U256(3));
  EXPECT_EQ(given(R"({"rawAmount":"1_000"})"), evm::U256(1000));
  EXPECT_EQ(given(R"({"rawAmount":null})"), std::nullopt);
  EXPECT_EQ(given("{}"), std::nullopt);
  for (const char* bad : {R"({"rawAmount":"0"})", R"({"rawAmount":"007"})", R"({"rawAmount":"-1"})",
                          R"({"rawAmount":"1.5"})", R"({"rawAmount":"0xZ"})", R"({"rawAmount":{}})"}) {
    EXPECT_THROW(given(bad), Error) << bad;
  }
}

TEST(Metadata, GiveDecimals) {
  EXPECT_EQ(decimalsFrom(json(R"({"tokenDecimals":6})")), 6U);
  EXPECT_EQ(decimalsFrom(json(R"({"decimals":18,"token_decimals":0})")), 0U);
  EXPECT_EQ(decimalsFrom(json(R"({"token_decimals":null,"decimals":18})")), std::nullopt);
  EXPECT_EQ(decimalsFrom(json("null")), std::nullopt);
  EXPECT_THROW(decimalsFrom(json(R"({"decimals":-1})")), Error);
  EXPECT_THROW(decimalsFrom(json(R"({"decimals":"6"})")), Error);
}

TEST(UserNumbers, BecomeJsonWithTheSameDigits) {
  const auto sent = [](std::string_view text) { return dumpJson(userNumber(text, "--budget")); };
  EXPECT_EQ(sent("1"), "1");
  EXPECT_EQ(sent("20.50"), "20.50");
  EXPECT_EQ(sent("+.5"), "0.5");
  EXPECT_EQ(sent("5."), "5");
  EXPECT_EQ(sent("007"), "7");
  EXPECT_EQ(sent("-1"), "-1");
  EXPECT_EQ(sent("1e3"), "1e3");
  for (const char* bad : {"", "nan", "inf", "1e999", "0x10", "1,5", "--1"}) EXPECT_THROW(sent(bad), Error) << bad;
}

}  // namespace
}  // namespace peaqos::market
