// SPDX-License-Identifier: Apache-2.0
#include "evm/units.hpp"

#include <gtest/gtest.h>

namespace peaqos::evm {
namespace {

TEST(Units, CutsOffOrRoundsUp) {
  const U256 almostHalf = U256(499'999'999'999'999'999ULL);
  EXPECT_EQ(formatUnits(almostHalf, 18, 4), "0.4999");
  EXPECT_EQ(formatUnitsUp(almostHalf, 18, 4), "0.5000");
  EXPECT_EQ(formatUnits(U256(0), 18, 4), "0.0000");
  EXPECT_EQ(formatUnitsUp(U256(1), 18, 4), "0.0001");
  EXPECT_EQ(formatUnits(U256::fromDecimal("12345678901234567890123").value(), 18, 4), "12345.6789");
}

}  // namespace
}  // namespace peaqos::evm
