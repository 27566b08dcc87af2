// SPDX-License-Identifier: Apache-2.0
#include "market/chains.hpp"

#include <gtest/gtest.h>

namespace peaqos::market {
namespace {

TEST(Chains, HaveAliases) {
  EXPECT_EQ(toCaip2("base"), "eip155:8453");
  EXPECT_EQ(toCaip2(" PEAQ "), "eip155:3338");
  EXPECT_EQ(toCaip2("agung"), "eip155:9990");
  EXPECT_EQ(toCaip2("eth"), "eip155:1");
  EXPECT_EQ(toCaip2("ethereum"), "eip155:1");
  EXPECT_EQ(toCaip2("Polygon"), "eip155:137");
  EXPECT_EQ(toCaip2("arbitrum"), "eip155:42161");
  EXPECT_EQ(toCaip2("optimism"), "eip155:10");
  EXPECT_EQ(toCaip2("bsc"), "eip155:56");
  EXPECT_EQ(toCaip2("solana"), "solana:mainnet");
  EXPECT_EQ(toCaip2(" Other:Chain "), "Other:Chain");
}

TEST(Chains, AreEvmsOrNot) {
  EXPECT_EQ(evmChainId("eip155:31338"), 31338U);
  for (const char* other : {"", "solana:mainnet", "eip155:", "eip155:x", "eip155:-1"}) {
    EXPECT_EQ(evmChainId(other), std::nullopt) << other;
  }
  EXPECT_TRUE(isSolana("solana:mainnet"));
  EXPECT_FALSE(isSolana("eip155:1"));
}

TEST(Chains, HaveLabelsAndNodes) {
  EXPECT_EQ(chainLabel("eip155:8453"), "base");
  EXPECT_EQ(chainLabel("eip155:9990"), "agung testnet");
  EXPECT_EQ(chainLabel("eip155:31338"), "31338");
  EXPECT_EQ(chainLabel("cosmos:hub"), "cosmos:hub");
  EXPECT_EQ(chainLabel(""), "unknown");
  EXPECT_EQ(chainLabel("eip155:"), "eip155:");
  EXPECT_EQ(builtInRpc(8453), "https://mainnet.base.org");
  EXPECT_EQ(builtInRpc(31338), "");
  EXPECT_EQ(builtInRpcs().size(), 8U);  // ethereum has two aliases, and solana no node
}

}  // namespace
}  // namespace peaqos::market
