// DIDs, networks and the words of events.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/error.hpp"
#include "peaq/did.hpp"
#include "peaq/event.hpp"
#include "peaq/networks.hpp"

namespace peaqos::peaq {
namespace {

TEST(Did, IsCheckedByItsForm) {
  EXPECT_EQ(checkDid("did:peaq:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"),
            "did:peaq:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
  for (const std::string_view text :
       {"", "did:peaq:", "did:peaq:0x12", "did:ethr:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
        "did:peaq:0Xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
        "did:peaq:0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266/x"}) {
    EXPECT_THROW(checkDid(text), Error) << text;
  }
  EXPECT_EQ(shortDid("did:peaq:0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"), "did:peaq:0xf39F...2266");
}

TEST(Networks, AreFoundByNameAndAlias) {
  EXPECT_EQ(findNetwork("mainnet").value().chainId, 3338U);
  EXPECT_EQ(findNetwork(" PEAQ ").value().name, "mainnet");
  EXPECT_EQ(findNetwork("agung").value().chainId, 9990U);
  EXPECT_TRUE(findNetwork("devnet"));
  EXPECT_FALSE(findNetwork("krest"));
}

TEST(Currency, IsThreeToTenCapitalsOrDigits) {
  for (const std::string_view code : {"USD", "HKD", "USDC2", "ABCDEFGHIJ"}) EXPECT_TRUE(isCurrency(code)) << code;
  for (const std::string_view code : {"", "US", "usd", "USD\n", "US D", "ABCDEFGHIJK"})
    EXPECT_FALSE(isCurrency(code)) << code;
}

TEST(Choices, MatchExactly) {
  EXPECT_EQ(findChoice(trustLevels(), "hardware").value().code, 2U);
  EXPECT_FALSE(findChoice(trustLevels(), "Hardware"));
  EXPECT_EQ(findChoice(sourceChains(), "base").value().code, 8453U);
}

}  // namespace
}  // namespace peaqos::peaq
