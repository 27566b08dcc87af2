// SPDX-License-Identifier: Apache-2.0
#include "evm/revert.hpp"

#include <gtest/gtest.h>

namespace peaqos::evm {
namespace {

constexpr std::string_view kErrors[] = {"MachineNotFound()", "AlreadyMinted()"};

std::optional<Revert> read(std::int64_t code, std::string message, std::optional<Json> data) {
  return revertFrom({code, std::move(message), std::move(data)}, kErrors);
}

// docs/protocol.md#reverts: where nodes put a revert's data.
TEST(Revert, IsFoundWhereverNodesPutIt) {
  EXPECT_EQ(read(3, "execution reverted", "0x70436860").value().name, "MachineNotFound");
  EXPECT_EQ(read(-32603, "VM Exception: revert", "0x70436860").value().name, "MachineNotFound");
  EXPECT_EQ(read(3, "execution reverted: custom error 0x70436860", nullptr).value().name, "MachineNotFound");
  EXPECT_EQ(read(3, "execution reverted: AlreadyMinted()", std::nullopt).value().name, "AlreadyMinted");
}

// With a hash of every error's signature for each place where data could begin, this would take minutes.
TEST(Revert, IsFoundBehindMuchThatLooksLikeData) {
  std::string message = "execution reverted ";
  for (int i = 0; i < 1'000'000; ++i) message += "0x00000000 ";
  EXPECT_EQ(read(3, message + "0x70436860", std::nullopt).value().name, "MachineNotFound");
}

TEST(Revert, KeepsTheReasonOfAnUnknownOne) {
  const auto unknown = read(3, "execution reverted", "0x0ff02cef");
  ASSERT_TRUE(unknown);
  EXPECT_EQ(unknown->name, "");
  // Error(string) with "Cannot find the item".
  const auto text = read(3, "execution reverted",
                         "0x08c379a0"
                         "0000000000000000000000000000000000000000000000000000000000000020"
                         "0000000000000000000000000000000000000000000000000000000000000014"
                         "43616e6e6f742066696e6420746865206974656d000000000000000000000000");
  EXPECT_NE(text.value().reason.find("Cannot find the item"), std::string::npos);
}

// The words of go-ethereum, Besu, Hardhat, Frontier (peaq's kind), Ganache and OpenEthereum.
TEST(Revert, IsKnownByItsWordsOrItsData) {
  EXPECT_TRUE(read(3, "", std::nullopt));
  EXPECT_TRUE(read(-32000, "Execution reverted", std::nullopt));
  EXPECT_TRUE(read(-32603, "VM Exception while processing transaction: revert", "0x"));
  EXPECT_TRUE(read(-32603, "VM Exception while processing transaction: reverted", Json{{"data", "0x"}}));
  EXPECT_TRUE(read(-32015, "VM execution error.", "Reverted 0x"));
  EXPECT_EQ(read(-32015, "VM execution error.", "Reverted 0x70436860").value().name, "MachineNotFound");
  EXPECT_EQ(read(-32603, "Internal error", Json{{"data", "0x70436860"}, {"txHash", nullptr}}).value().name,
            "MachineNotFound");
  EXPECT_EQ(read(-32000, "failed", "0xddefae28").value().name, "AlreadyMinted");
}

// Data of any kind is no proof: providers attach null, links and figures to errors of their own.
TEST(Revert, IsNotSaidByDataThatNoContractWrote) {
  EXPECT_FALSE(read(-32000, "header not found", nullptr));
  EXPECT_FALSE(read(-32000, "missing trie node", Json{{"see", "https://docs.example/errors"}}));
  EXPECT_FALSE(read(-32603, "internal error", Json{{"data", "a stack trace"}}));
  EXPECT_FALSE(read(-32603, "internal error", "the database is locked"));
  EXPECT_FALSE(read(-32603, "internal error", "0x"));
  EXPECT_FALSE(read(-32603, "internal error", "0x704368"));
  EXPECT_FALSE(read(-32603, "internal error", "0x7043686z"));
  EXPECT_FALSE(read(-32603, "internal error", 7));
}

TEST(Revert, IsNeverARateLimit) {
  EXPECT_FALSE(read(-32005, "daily request count exceeded", Json{{"see", "https://docs.example/ratelimits"}}));
  EXPECT_FALSE(read(-32005, "", nullptr));
  EXPECT_FALSE(read(429, "slow down", nullptr));
  EXPECT_FALSE(read(-32000, "429 Too Many Requests", "0x70436860"));
  EXPECT_EQ(read(3, "execution reverted: rate limit exceeded", "0x").value().reason,
            "execution reverted: rate limit exceeded");
}

TEST(Revert, IsNotEveryError) {
  EXPECT_FALSE(read(-32000, "insufficient funds for gas * price + value", std::nullopt));
  EXPECT_FALSE(read(-32601, "the method does not exist", std::nullopt));
}

}  // namespace
}  // namespace peaqos::evm
