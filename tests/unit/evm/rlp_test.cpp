// SPDX-License-Identifier: Apache-2.0
#include "evm/rlp.hpp"

#include <gtest/gtest.h>

namespace peaqos::evm {
namespace {

Bytes text(std::string_view characters) { return rlpBytes(asBytes(characters)); }

// The examples of the Ethereum documentation ("Recursive-length prefix serialization", Examples).
TEST(Rlp, EncodesThePublishedExamples) {
  EXPECT_EQ(toHex(text("dog")), "83646f67");
  EXPECT_EQ(toHex(rlpList({text("cat"), text("dog")})), "c88363617483646f67");
  EXPECT_EQ(toHex(text("")), "80");
  EXPECT_EQ(toHex(rlpList({})), "c0");
  EXPECT_EQ(toHex(rlpInteger(0)), "80");
  EXPECT_EQ(toHex(rlpBytes(Bytes{0})), "00");
  EXPECT_EQ(toHex(rlpInteger(15)), "0f");
  EXPECT_EQ(toHex(rlpInteger(1024)), "820400");
  EXPECT_EQ(toHex(rlpList({rlpList({}), rlpList({rlpList({})}), rlpList({rlpList({}), rlpList({rlpList({})})})})),
            "c7c0c1c0c3c0c1c0");
  const std::string latin = "Lorem ipsum dolor sit amet, consectetur adipisicing elit";
  EXPECT_EQ(toHex(text(latin)), "b838" + toHex(asBytes(latin)));
}

TEST(Rlp, ChoosesTheLengthFormAtItsBorders) {
  EXPECT_EQ(toHex(rlpBytes(Bytes{0x7f})), "7f");
  EXPECT_EQ(toHex(rlpBytes(Bytes{0x80})), "8180");
  EXPECT_EQ(toHex(rlpBytes(Bytes(55, 1))).substr(0, 4), "b701");
  EXPECT_EQ(toHex(rlpBytes(Bytes(56, 1))).substr(0, 6), "b83801");
  EXPECT_EQ(toHex(rlpBytes(Bytes(256, 1))).substr(0, 8), "b9010001");
  EXPECT_EQ(toHex(rlpList({rlpBytes(Bytes(54, 1))})).substr(0, 4), "f7b6");
  EXPECT_EQ(toHex(rlpList({rlpBytes(Bytes(55, 1))})).substr(0, 6), "f838b7");
}

}  // namespace
}  // namespace peaqos::evm
