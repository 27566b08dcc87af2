// Batches: what goes in, and what a receipt says about each call.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/batch.hpp"

#include <gtest/gtest.h>

#include "evm/abi.hpp"

namespace peaqos::peaq {
namespace {

const evm::Address kPrecompile = *evm::parseAddress("0x0000000000000000000000000000000000000805");
const evm::Address kRegistry = *evm::parseAddress("0x00000000000000000000000000000000000000e1");

evm::Log submitted(std::uint64_t index, const evm::Address& emitter = kRegistry) {
  return {.emitter = emitter,
          .topics = {evm::eventTopic("EventSubmitted(uint256,uint256,uint8,uint256,string)"), evm::U256(7).toWord(),
                     evm::U256(index).toWord()},
          .data = {}};
}

evm::Log word(std::string_view signature, std::uint64_t call, const evm::Address& emitter = kPrecompile) {
  const Hash256 number = evm::U256(call).toWord();
  return {.emitter = emitter, .topics = {evm::eventTopic(signature)}, .data = Bytes(number.begin(), number.end())};
}
evm::Log done(std::uint64_t call) { return word("SubcallSucceeded(uint256)", call); }
evm::Log failed(std::uint64_t call) { return word("SubcallFailed(uint256)", call); }

TEST(Batch, EncodesEachCallForItself) {
  const std::vector<Bytes> calls{{0x01}, {0x02, 0x03}};
  const Bytes data = batchCalldata(kBatchSome, kRegistry, calls);
  EXPECT_EQ(toHex(BytesView(data).first(4)), "79df4b9c");
  EXPECT_EQ(toHex(BytesView(batchCalldata(kBatchAll, kRegistry, calls)).first(4)), "96e292b8");
  const evm::AbiReader arguments(BytesView(data).subspan(4));
  const auto recipients = arguments.tuple(0);
  EXPECT_EQ(recipients->uint256(0), evm::U256(2));
  EXPECT_EQ(recipients->address(2), kRegistry);
  EXPECT_EQ(arguments.tuple(1)->uint256(1), evm::U256(0));
  EXPECT_EQ(arguments.tuple(2)->uint256(0), evm::U256(2));
}

TEST(Batch, ReadsWhatBecameOfEachCall) {
  const evm::Receipt receipt{.logs = {submitted(40), done(0), failed(1), submitted(41), done(2)}};
  const auto results = batchResults(receipt, kPrecompile, kRegistry, 4);
  ASSERT_EQ(results.size(), 4U);
  EXPECT_TRUE(results[0].succeeded);
  EXPECT_EQ(results[0].eventIndex, 40U);
  EXPECT_FALSE(results[1].succeeded);
  EXPECT_EQ(results[1].eventIndex, std::nullopt);
  EXPECT_EQ(results[2].eventIndex, 41U);
  EXPECT_FALSE(results[3].succeeded) << "nothing was said about it";
}

TEST(Batch, BelievesNobodyElse) {
  const evm::Receipt receipt{
      .logs = {submitted(40, kPrecompile), word("SubcallSucceeded(uint256)", 0, kRegistry), done(7), failed(0)}};
  for (const CallResult& result : batchResults(receipt, kPrecompile, kRegistry, 2)) {
    EXPECT_FALSE(result.succeeded);
    EXPECT_EQ(result.eventIndex, std::nullopt);
  }
}

TEST(Batch, ASucceededCallWithoutAnEventHasNoIndex) {
  const auto results = batchResults({.logs = {submitted(4), done(0), done(1)}}, kPrecompile, kRegistry, 2);
  EXPECT_EQ(results[1].succeeded, true);
  EXPECT_EQ(results[1].eventIndex, std::nullopt);
}

TEST(Batch, ReadsATransactionOfItsOwn) {
  EXPECT_EQ(callResult({.succeeded = true, .logs = {submitted(3)}}, kRegistry).eventIndex, 3U);
  EXPECT_TRUE(callResult({.succeeded = true}, kRegistry).succeeded);
}

}  // namespace
}  // namespace peaqos::peaq
