// SPDX-License-Identifier: Apache-2.0
#include "evm/fees.hpp"

#include <gtest/gtest.h>

namespace peaqos::evm {
namespace {

constexpr std::uint64_t kGwei = 1'000'000'000;

const RpcReply kUnknownMethod = RpcError{.code = -32601, .message = "no such method", .data = std::nullopt};

RpcReply quantity(const U256& wei) { return Json(wei.toQuantity()); }

RpcReply block(const U256& baseFee) { return Json{{"baseFeePerGas", baseFee.toQuantity()}}; }

// Rewards in wei, as [5th percentile, median] of each block.
RpcReply history(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& blocks) {
  Json rewards = Json::array();
  for (const auto& [fifth, median] : blocks) {
    rewards.push_back({U256(fifth).toQuantity(), U256(median).toQuantity()});
  }
  return Json{{"oldestBlock", "0x1"}, {"reward", rewards}};
}

TEST(Prices, AreTwiceTheBaseFeeAndTheTip) {
  const Prices prices = pricesFrom(history({{kGwei, kGwei}}), block(7 * kGwei), quantity(kGwei));
  EXPECT_EQ(prices.tip, U256(kGwei));
  EXPECT_EQ(prices.maxFee, U256(15 * kGwei));
  EXPECT_EQ(prices.expected, U256(8 * kGwei));
}

TEST(Prices, HoldTheTipAgainstTheHistory) {
  const auto tipFor = [](const RpcReply& rewards, std::uint64_t suggested, std::uint64_t baseFee = kGwei) {
    return pricesFrom(rewards, block(baseFee), quantity(suggested)).tip;
  };
  const RpcReply busy = history({{kGwei, 2 * kGwei}, {kGwei, 30 * kGwei}, {0, 5 * kGwei}});
  EXPECT_EQ(tipFor(busy, 60 * kGwei), U256(60 * kGwei)) << "twice the highest median is the ceiling";
  EXPECT_EQ(tipFor(busy, 60 * kGwei + 1), U256(60 * kGwei));
  EXPECT_EQ(tipFor(busy, 5'000 * kGwei), U256(60 * kGwei));
  EXPECT_EQ(tipFor(busy, 1), U256(1)) << "a ceiling is no floor";

  const RpcReply cheap = history({{1, 2}});
  EXPECT_EQ(tipFor(cheap, 5'000 * kGwei), U256(3 * kGwei / 2)) << "1.5 gwei are always allowed";
}

TEST(Prices, HoldTheTipAgainstTheBaseFeeWithoutAHistory) {
  const RpcReply none[] = {kUnknownMethod,
                           Json(),
                           Json{{"reward", nullptr}},
                           Json{{"reward", Json::array()}},
                           Json(true),
                           history({{0, 0}, {0, 0}}),
                           Json{{"reward", Json::array({"0x1", Json::array({1, 2})})}}};
  for (const RpcReply& rewards : none) {
    EXPECT_EQ(pricesFrom(rewards, block(10 * kGwei), quantity(31 * kGwei)).tip, U256(30 * kGwei));
    EXPECT_EQ(pricesFrom(rewards, block(10 * kGwei), quantity(29 * kGwei)).tip, U256(29 * kGwei));
    EXPECT_EQ(pricesFrom(rewards, block(7), quantity(31 * kGwei)).tip, U256(3 * kGwei / 2));
  }
}

TEST(Prices, TakeTheTipFromTheHistoryWhereTheNodeSuggestsNone) {
  const auto tipFor = [](const RpcReply& rewards) { return pricesFrom(rewards, block(kGwei), kUnknownMethod).tip; };
  EXPECT_EQ(tipFor(history({{1'200'000'000, 0}, {0, 0}, {1'300'000'001, 9 * kGwei}})), U256(1'250'000'001))
      << "rounded";
  EXPECT_EQ(tipFor(history({{1, 1}})), U256(kGwei)) << "at least";
  EXPECT_EQ(tipFor(history({{90 * kGwei, 90 * kGwei}})), U256(3 * kGwei / 2)) << "at most";
  EXPECT_EQ(tipFor(history({{0, 0}})), U256(kGwei));
  EXPECT_EQ(tipFor(kUnknownMethod), U256(kGwei));
}

TEST(Prices, RefuseANodeWithoutABaseFee) {
  for (const Json& latest :
       {Json{{"number", "0x1"}}, Json{{"baseFeePerGas", nullptr}}, Json{{"baseFeePerGas", 7}}, Json()}) {
    try {
      pricesFrom(history({}), latest, quantity(1));
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.code, "NO_BASE_FEE");
    }
  }
  EXPECT_THROW(pricesFrom(history({}), kUnknownMethod, quantity(1)), Error);
}

// 2 x the base fee must not wrap around to a small number.
TEST(Prices, RefuseFiguresThatNoChainHas) {
  const U256 most = *U256::fromDecimal("340282366920938463463374607431768211455");
  const U256 huge = most + U256(1);
  EXPECT_EQ(pricesFrom(history({}), block(most), quantity(1)).maxFee, most + most + U256(1));
  for (const auto& [baseFee, tip] : {std::pair{huge, U256(1)}, {U256(1), huge}}) {
    try {
      pricesFrom(history({}), block(baseFee), quantity(tip));
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.code, "BAD_RPC_ANSWER");
    }
  }
  EXPECT_THROW(pricesFrom(history({}), block(U256(1)), Json(true)), Error) << "a tip that is no number";
}

TEST(Prices, IgnoreRewardsThatNoChainHas) {
  const Json rewards = Json::array({Json::array({"0x1", "0x" + std::string(64, 'f')}), Json::array({"0x1", "junk"})});
  EXPECT_EQ(pricesFrom(Json{{"reward", rewards}}, block(kGwei), quantity(90 * kGwei)).tip, U256(3 * kGwei));
}

TEST(FeeHistory, IsAskedForAtBothPercentiles) {
  const RpcCall call = feeHistoryCall();
  EXPECT_EQ(call.method, "eth_feeHistory");
  EXPECT_EQ(dumpJson(call.params), R"(["0xa","pending",[5,50]])");
}

}  // namespace
}  // namespace peaqos::evm
