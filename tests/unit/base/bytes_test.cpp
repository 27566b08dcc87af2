// SPDX-License-Identifier: Apache-2.0
#include "base/bytes.hpp"

#include <gtest/gtest.h>

#include "base/secret.hpp"

namespace peaqos {
namespace {

TEST(Bytes, ReadsHexadecimal) {
  EXPECT_EQ(fromHex("0x00fF"), (Bytes{0x00, 0xff}));
  EXPECT_EQ(fromHex("00ff"), (Bytes{0x00, 0xff}));
  EXPECT_EQ(fromHex("0x"), Bytes());
  EXPECT_EQ(fromHex(""), Bytes());
  for (const std::string_view text : {"0", "0x0", "0xgg", "0X00", " 00", "00 "}) EXPECT_FALSE(fromHex(text)) << text;
  EXPECT_FALSE(fromHexExactly<4>("0x000000"));
}

TEST(Secret, MovesAndLeavesNothingBehind) {
  Secret first(Bytes{1, 2, 3});
  const Secret second = std::move(first);
  EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is the point
  EXPECT_EQ(toHex(second.expose()), "010203");
  Bytes memory{1, 2, 3};
  wipe(memory);
  EXPECT_EQ(memory, (Bytes{0, 0, 0}));
}

}  // namespace
}  // namespace peaqos
