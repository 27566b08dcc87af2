// SPDX-License-Identifier: Apache-2.0
#include "evm/receipt.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace peaqos::evm {
namespace {

const std::string kHash = "0x" + std::string(64, 'a');
const std::string kOther = "0x" + std::string(64, 'b');

Hash256 hashOf(const std::string& text) { return fromHexExactly<32>(text).value(); }

Json mined() {
  return {{"transactionHash", kHash},
          {"status", "0x1"},
          {"blockNumber", "0x10"},
          {"blockHash", kOther},
          {"gasUsed", "0x5208"},
          {"effectiveGasPrice", "0x3b9aca00"},
          {"logs", Json::array({{{"address", "0x43c6AF2E14dc1327dc3cc6c7117D1CD72fffEcbA"},
                                 {"topics", Json::array({kOther})},
                                 {"data", "0x00ff"}}})}};
}

Json with(const std::string& member, Json value) {
  Json receipt = mined();
  receipt[member] = std::move(value);
  return receipt;
}

Json without(const std::string& member) {
  Json receipt = mined();
  receipt.erase(member);
  return receipt;
}

std::optional<Receipt> read(Json value) { return receiptFrom(RpcReply(std::move(value)), hashOf(kHash)); }

void expectRefused(Json value, const std::string& what) {
  try {
    read(std::move(value));
    ADD_FAILURE() << what;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Network) << what;
    EXPECT_EQ(error.code, "BAD_RPC_ANSWER") << what;
  }
}

TEST(Receipt, IsReadWhole) {
  const auto receipt = read(mined());
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->transaction, hashOf(kHash));
  EXPECT_TRUE(receipt->succeeded);
  EXPECT_EQ(receipt->block, 16U);
  EXPECT_EQ(receipt->fee, U256(21'000'000'000'000));
  ASSERT_EQ(receipt->logs.size(), 1U);
  EXPECT_EQ(receipt->logs[0].topics, std::vector{hashOf(kOther)});
  EXPECT_EQ(receipt->logs[0].data, (Bytes{0x00, 0xff}));
  EXPECT_FALSE(read(with("status", "0x0"))->succeeded);
}

TEST(Receipt, IsNothingWhileTheTransactionIsPending) {
  EXPECT_FALSE(read(nullptr));
  for (const std::string member : {"blockNumber", "blockHash"}) {
    EXPECT_FALSE(read(with(member, nullptr)));
    EXPECT_FALSE(read(without(member)));
  }
}

TEST(Receipt, OfAnotherTransactionIsRefused) { expectRefused(with("transactionHash", kOther), "another's receipt"); }

TEST(Receipt, ThatIsRubbishIsRefused) {
  for (const Json& value : {Json(true), Json("0x1"), Json::array(), Json(7)}) expectRefused(value, dumpJson(value));
  for (const std::string member : {"transactionHash", "status", "logs"}) expectRefused(without(member), member);
  for (const std::string member : {"transactionHash", "status", "blockNumber", "blockHash", "logs"}) {
    expectRefused(with(member, true), member);
    expectRefused(with(member, "0xzz"), member);
  }
  expectRefused(with("blockNumber", "0x10000000000000000"), "a block beyond 2^64");
  expectRefused(with("logs", Json::array({Json::object()})), "an empty log");
}

TEST(Receipt, NamesNoFeeThatItCannotVouchFor) {
  EXPECT_EQ(read(without("effectiveGasPrice"))->fee, std::nullopt);
  EXPECT_EQ(read(with("gasUsed", 21'000))->fee, std::nullopt);
  EXPECT_EQ(read(with("gasUsed", "0x10000000000000000"))->fee, std::nullopt);
  EXPECT_EQ(read(with("effectiveGasPrice", "0x" + std::string(64, 'f')))->fee, std::nullopt) << "would wrap around";
}

TEST(Receipt, ThatTheNodeWouldNotReadIsItsRefusal) {
  const RpcReply refusal = RpcError{.code = -32000, .message = "transaction indexing is in progress", .data = {}};
  try {
    receiptFrom(refusal, hashOf(kHash));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code, "RPC_ERROR");
    EXPECT_NE(error.message.find("transaction indexing is in progress"), std::string::npos);
  }
}

}  // namespace
}  // namespace peaqos::evm
