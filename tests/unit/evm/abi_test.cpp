// SPDX-License-Identifier: Apache-2.0
#include "evm/abi.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "hex.hpp"

namespace peaqos::evm {
namespace {

using Values = std::vector<AbiValue>;

// The examples of the Solidity documentation ("Contract ABI Specification", Examples).
TEST(Abi, EncodesThePublishedExamples) {
  EXPECT_EQ(toHex(encodeCall("baz(uint32,bool)", {69, 1})),
            "cdcd77c0"
            "0000000000000000000000000000000000000000000000000000000000000045"
            "0000000000000000000000000000000000000000000000000000000000000001");
  EXPECT_EQ(toHex(encodeCall("sam(bytes,bool,uint256[])", {Bytes{'d', 'a', 'v', 'e'}, 1, Values{1, 2, 3}})),
            "a5643bf2"
            "0000000000000000000000000000000000000000000000000000000000000060"
            "0000000000000000000000000000000000000000000000000000000000000001"
            "00000000000000000000000000000000000000000000000000000000000000a0"
            "0000000000000000000000000000000000000000000000000000000000000004"
            "6461766500000000000000000000000000000000000000000000000000000000"
            "0000000000000000000000000000000000000000000000000000000000000003"
            "0000000000000000000000000000000000000000000000000000000000000001"
            "0000000000000000000000000000000000000000000000000000000000000002"
            "0000000000000000000000000000000000000000000000000000000000000003");
  EXPECT_EQ(toHex(encodeArguments(
                {Values{Values{1, 2}, Values{3}}, Values{AbiValue("one"), AbiValue("two"), AbiValue("three")}})),
            "0000000000000000000000000000000000000000000000000000000000000040"
            "0000000000000000000000000000000000000000000000000000000000000140"
            "0000000000000000000000000000000000000000000000000000000000000002"
            "0000000000000000000000000000000000000000000000000000000000000040"
            "00000000000000000000000000000000000000000000000000000000000000a0"
            "0000000000000000000000000000000000000000000000000000000000000002"
            "0000000000000000000000000000000000000000000000000000000000000001"
            "0000000000000000000000000000000000000000000000000000000000000002"
            "0000000000000000000000000000000000000000000000000000000000000001"
            "0000000000000000000000000000000000000000000000000000000000000003"
            "0000000000000000000000000000000000000000000000000000000000000003"
            "0000000000000000000000000000000000000000000000000000000000000060"
            "00000000000000000000000000000000000000000000000000000000000000a0"
            "00000000000000000000000000000000000000000000000000000000000000e0"
            "0000000000000000000000000000000000000000000000000000000000000003"
            "6f6e650000000000000000000000000000000000000000000000000000000000"
            "0000000000000000000000000000000000000000000000000000000000000003"
            "74776f0000000000000000000000000000000000000000000000000000000000"
            "0000000000000000000000000000000000000000000000000000000000000005"
            "7468726565000000000000000000000000000000000000000000000000000000");
}

// The same, section "Use of Dynamic Types"; a static array is encoded as that many words.
TEST(Abi, EncodesThePublishedExampleOfDynamicTypes) {
  Hash256 ten{};
  std::ranges::copy(asBytes("1234567890"), ten.begin());
  EXPECT_EQ(toHex(encodeCall("f(uint256,uint32[],bytes10,bytes)",
                             {0x123, Values{0x456, 0x789}, ten, AbiValue("Hello, world!")})),
            "8be65246"
            "0000000000000000000000000000000000000000000000000000000000000123"
            "0000000000000000000000000000000000000000000000000000000000000080"
            "3132333435363738393000000000000000000000000000000000000000000000"
            "00000000000000000000000000000000000000000000000000000000000000e0"
            "0000000000000000000000000000000000000000000000000000000000000002"
            "0000000000000000000000000000000000000000000000000000000000000456"
            "0000000000000000000000000000000000000000000000000000000000000789"
            "000000000000000000000000000000000000000000000000000000000000000d"
            "48656c6c6f2c20776f726c642100000000000000000000000000000000000000");
  Hash256 abc{}, def{};
  std::ranges::copy(asBytes("abc"), abc.begin());
  std::ranges::copy(asBytes("def"), def.begin());
  EXPECT_EQ(toHex(encodeCall("bar(bytes3[2])", {abc, def})),
            "fce353f6"
            "6162630000000000000000000000000000000000000000000000000000000000"
            "6465660000000000000000000000000000000000000000000000000000000000");
}

TEST(Abi, NamesFunctionsAndEvents) {
  EXPECT_EQ(toHex(selector("transfer(address,uint256)")), "a9059cbb");
  EXPECT_EQ(toHex(eventTopic("Transfer(address,address,uint256)")),
            "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
}

TEST(Abi, ReadsBackWhatItEncodes) {
  const Address address = parseAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266").value();
  const Bytes encoded = encodeArguments({42, address, Bytes{1, 2, 3}, Bytes()});
  const AbiReader reader(encoded);
  EXPECT_EQ(reader.uint256(0), U256(42));
  EXPECT_EQ(reader.address(1), address);
  EXPECT_EQ(toHex(reader.dynamicBytes(2).value()), "010203");
  EXPECT_EQ(reader.dynamicBytes(3).value().size(), 0U);
}

TEST(Abi, TuplesStandInPlaceOrBehindAnOffset) {
  const AbiValue fixed = AbiValue::tuple({1, 2}), dynamic = AbiValue::tuple({3, Bytes{4}});
  const Bytes encoded = encodeArguments({fixed, dynamic, std::vector<AbiValue>{fixed, fixed}, 9});
  const AbiReader reader(encoded);
  EXPECT_EQ(reader.uint256(0), U256(1));
  EXPECT_EQ(reader.uint256(1), U256(2));
  EXPECT_EQ(reader.tuple(2)->uint256(0), U256(3));
  EXPECT_EQ(toHex(reader.tuple(2)->dynamicBytes(1).value()), "04");
  const auto array = reader.array(3);
  ASSERT_TRUE(array);
  EXPECT_EQ(array->size, 2U);
  EXPECT_EQ(array->items.uint256(3), U256(2));
  EXPECT_EQ(reader.uint256(4), U256(9));
}

// Whatever a node answers, reading must stay inside of it.
TEST(Abi, RefusesWhatLiesOutsideOfTheBytes) {
  const Bytes word = hex("00000000000000000000000000000000000000000000000000000000000000ff");
  const Bytes far = hex("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
  EXPECT_FALSE(AbiReader(Bytes()).uint256(0));
  EXPECT_FALSE(AbiReader(word).uint256(1));
  EXPECT_FALSE(AbiReader(Bytes(31)).uint256(0));
  EXPECT_FALSE(AbiReader(word).dynamicBytes(0));
  EXPECT_FALSE(AbiReader(far).dynamicBytes(0));
  EXPECT_FALSE(AbiReader(far).tuple(0));
  EXPECT_FALSE(AbiReader(far).address(0));
  EXPECT_FALSE(AbiReader(far).array(0));
  Bytes twoItems = encodeArguments({AbiValue(std::vector<AbiValue>{1, 2})});
  EXPECT_TRUE(AbiReader(twoItems).array(0));
  twoItems.resize(twoItems.size() - 32);
  EXPECT_FALSE(AbiReader(twoItems).array(0));
  Bytes tooLong = encodeArguments({Bytes{1}});
  tooLong[63] = 64;
  EXPECT_FALSE(AbiReader(tooLong).dynamicBytes(0));
}

}  // namespace
}  // namespace peaqos::evm
