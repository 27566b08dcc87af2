// SPDX-License-Identifier: Apache-2.0
#include "evm/u256.hpp"

#include <gtest/gtest.h>

namespace peaqos::evm {
namespace {

const std::string kMost = "115792089237316195423570985008687907853269984665640564039457584007913129639935";

TEST(U256, ReadsAndWritesDecimals) {
  for (const std::string text :
       {"0", "1", "18446744073709551615", "18446744073709551616", "1000000000000000000000", kMost.c_str()}) {
    EXPECT_EQ(U256::fromDecimal(text).value().toDecimal(), text);
  }
  for (const std::string text : {"", "-1", "+1", "1.0", "0x1", " 1",
                                 "115792089237316195423570985008687907853269984665640564039457584007913129639936"}) {
    EXPECT_FALSE(U256::fromDecimal(text)) << text;
  }
}

TEST(U256, ReadsAndWritesQuantities) {
  EXPECT_EQ(U256::fromQuantity("0xd0a"), U256(3338));
  EXPECT_EQ(U256::fromQuantity("0x000d0a"), U256(3338));
  EXPECT_EQ(U256(3338).toQuantity(), "0xd0a");
  EXPECT_EQ(U256(0).toQuantity(), "0x0");
  for (const std::string text : {"", "0x", "d0a", "0xg", "3338"}) EXPECT_FALSE(U256::fromQuantity(text)) << text;
  EXPECT_FALSE(U256::fromQuantity("0x1" + std::string(64, '0')));
}

TEST(U256, CarriesAndBorrowsAcrossLimbs) {
  const U256 limb = U256(0xffffffffffffffffULL);
  EXPECT_EQ((limb + U256(1)).toQuantity(), "0x10000000000000000");
  EXPECT_EQ((U256::fromQuantity("0x10000000000000000").value() - U256(1)), limb);
  EXPECT_EQ((limb * limb).toQuantity(), "0xfffffffffffffffe0000000000000001");
  EXPECT_EQ(U256(0) - U256(1), U256::fromDecimal(kMost).value());
  EXPECT_EQ(U256::fromDecimal(kMost).value() + U256(1), U256(0));
}

TEST(U256, DividesBySmallNumbers) {
  const auto division = U256::fromDecimal("1000000000000000000007").value().divideBySmall(1'000'000'000);
  EXPECT_EQ(division.quotient.toDecimal(), "1000000000000");
  EXPECT_EQ(division.remainder, 7U);
}

TEST(U256, Compares) {
  EXPECT_LT(U256(1), U256(2));
  EXPECT_LT(U256(0xffffffffffffffffULL), U256::fromQuantity("0x10000000000000000").value());
  EXPECT_EQ(U256(5).toUint64(), 5U);
  EXPECT_FALSE(U256::fromQuantity("0x10000000000000000").value().toUint64());
}

}  // namespace
}  // namespace peaqos::evm
