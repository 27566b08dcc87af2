// SPDX-License-Identifier: Apache-2.0
#include "evm/revert.hpp"

#include <gtest/gtest.h>

namespace peaqos::evm {
namespace {

constexpr std::string_view kErrors[] = {"MachineNotFound()", "AlreadyMinted()"};

std::optional<Revert> read(std::int64_t code, std::string message, std::optional<Json> data) {
  return revertFrom({code, std::move(message), std::move(data)}, kErrors);
}

// chain.md 9.16 and the table in 2.3: where nodes put a revert's data.
TEST(Revert, IsFoundWhereverNodesPutIt) {
  EXPECT_EQ(read(3, "execution reverted", "0x70436860").value().name, "MachineNotFound");
  EXPECT_EQ(read(-32603, "VM Exception: revert", "0x70436860").value().name, "MachineNotFound");
  EXPECT_EQ(read(3, "execution reverted: custom error 0x70436860", nullptr).value().name, "MachineNotFound");
  EXPECT_EQ(read(3, "execution reverted: AlreadyMinted()", std::nullopt).value().name, "AlreadyMinted");
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

TEST(Revert, IsNotEveryError) {
  EXPECT_FALSE(read(-32000, "insufficient funds for gas * price + value", std::nullopt));
  EXPECT_FALSE(read(-32601, "the method does not exist", std::nullopt));
}

}  // namespace
}  // namespace peaqos::evm
