// Tables and QR codes.
// SPDX-License-Identifier: Apache-2.0
#include "cli/layout.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "cli/qr_code.hpp"

namespace peaqos::cli {
namespace {

TEST(Table, AlignsByCodePointsAndTrims) {
  EXPECT_EQ(table({"A", "Long"}, {{"äöü", ""}, {"b", "x"}}), "A    Long\n─────────\näöü\nb    x\n");
}

TEST(Table, ShowsNoControlCharacters) { EXPECT_EQ(table({"A"}, {{"\x1b[31m"}}), "A\n────────\n\\x1b[31m\n"); }

TEST(QrCode, HasOneLineForTwoRowsAndAQuietZone) {
  // 1 byte fits version 1: 21 modules, and 2 on each side.
  const std::string drawn = qrCode("A", 1);
  EXPECT_EQ(std::ranges::count(drawn, '\n'), 13);
  EXPECT_TRUE(drawn.starts_with(" █████"));
}

TEST(QrCode, GivesUpOnWhatDoesNotFit) { EXPECT_EQ(qrCode(std::string(8000, 'x'), 0), ""); }

}  // namespace
}  // namespace peaqos::cli
