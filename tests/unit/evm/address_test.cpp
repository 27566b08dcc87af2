// SPDX-License-Identifier: Apache-2.0
#include "evm/address.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "hex.hpp"

namespace peaqos::evm {
namespace {

// The examples of EIP-55.
TEST(Address, WritesTheChecksumOfEip55) {
  for (const std::string example :
       {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0x52908400098527886E0F7030069857D2E4169EE7", "0xde709f2102306220921060314715629080e2fb77"}) {
    std::string lower = example;
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    EXPECT_EQ(toChecksum(parseAddress(lower).value()), example);
    EXPECT_EQ(toChecksum(parseAddress(example).value()), example);
  }
}

TEST(Address, RefusesOtherForms) {
  for (const std::string_view text :
       {"", "0x", "5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd", "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg"}) {
    EXPECT_FALSE(parseAddress(text)) << text;
  }
}

TEST(Address, IsTheHashOfThePublicKey) {
  const auto key =
      crypto::PrivateKey::fromBytes(hex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
  EXPECT_EQ(toChecksum(addressOf(crypto::publicKeyOf(*key))), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
}

TEST(Address, IsShortenedForDisplay) {
  EXPECT_EQ(shortAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), "0xf39F...2266");
  EXPECT_EQ(shortAddress("0x12"), "0x12");
}

}  // namespace
}  // namespace peaqos::evm
