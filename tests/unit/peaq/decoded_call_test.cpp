// Calldata read back: what a policy and a person are told of it is what it does.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/decoded_call.hpp"

#include <gtest/gtest.h>

#include "evm/abi.hpp"
#include "peaq/batch.hpp"
#include "peaq/contracts.hpp"
#include "peaq/did.hpp"
#include "peaq/event.hpp"

namespace peaqos::peaq {
namespace {

const evm::Address kDecodedAccount = *evm::parseAddress("0x00000000000000000000000000000000000000A1");

TEST(DecodedCall, KnowsWhatTheToolkitCalls) {
  EXPECT_TRUE(decodeCall(registerCalldata()).ofCaller);
  EXPECT_EQ(decodeCall(registerForCalldata(kDecodedAccount)).machine, kDecodedAccount);
  const DecodedCall mint = decodeCall(mintCalldata(7, kDecodedAccount));
  EXPECT_EQ(mint.function, "mint(uint256,address)");
  EXPECT_EQ(mint.machineId, evm::U256(7));
  EXPECT_EQ(dumpJson(mint.arguments), R"([["machineId","7"],["to",")" + evm::toChecksum(kDecodedAccount) + R"("]])");
  const Event event{.machineId = 42, .type = 1, .value = 5, .timestamp = 9, .metadata = {1, 2, 3}};
  const DecodedCall submitted = decodeCall(submitEventCalldata(event));
  EXPECT_EQ(submitted.function, kSubmitEvent);
  EXPECT_EQ(submitted.machineId, evm::U256(42));
  EXPECT_NE(dumpJson(submitted.arguments).find(R"(["metadata","0x010203"])"), std::string::npos);
}

TEST(DecodedCall, KnowsWhoGetsTokens) {
  for (const char* function : {"transfer(address,uint256)", "approve(address,uint256)"}) {
    const DecodedCall call = decodeCall(evm::encodeCall(function, {kDecodedAccount, 12}));
    EXPECT_EQ(call.function, function);
    EXPECT_EQ(call.payment->recipient, kDecodedAccount);
    EXPECT_EQ(call.payment->units, evm::U256(12));
  }
  const DecodedCall from =
      decodeCall(evm::encodeCall("transferFrom(address,address,uint256)", {evm::Address{}, kDecodedAccount, 3}));
  EXPECT_EQ(from.payment->recipient, kDecodedAccount);
}

TEST(DecodedCall, LooksIntoBatchesAndNoDeeper) {
  Contracts contracts{};
  contracts.didRegistry = kDecodedAccount;
  const std::vector<AttributeWrite> writes{{AttributeChange::Add, {"a", "1"}}, {AttributeChange::Update, {"b", "2"}}};
  const DecodedCall batch = decodeCall(writeAttributesCalldata(contracts, kDecodedAccount, writes));
  EXPECT_EQ(batch.function, kBatchAll);
  ASSERT_EQ(batch.calls.size(), 2U);
  EXPECT_EQ(batch.calls[1].to, kDecodedAccount);
  EXPECT_EQ(batch.calls[1].function, "updateAttribute(address,bytes,bytes,uint32)");
  EXPECT_EQ(batch.calls[1].machine, kDecodedAccount);
  const std::vector<Bytes> nested{batchCalldata(kBatchSome, kDecodedAccount, std::vector<Bytes>{registerCalldata()})};
  const DecodedCall outer = decodeCall(batchCalldata(kBatchSome, kDecodedAccount, nested));
  ASSERT_EQ(outer.calls.size(), 1U);
  EXPECT_TRUE(outer.calls[0].function.empty());
}

TEST(DecodedCall, TakesOnlyTheOneEncodingOfEachCall) {
  Bytes transfer = evm::encodeCall("transfer(address,uint256)", {kDecodedAccount, 12});
  Bytes longer = transfer;
  longer.push_back(0);
  EXPECT_TRUE(decodeCall(longer).function.empty()) << "bytes behind the arguments";
  Bytes dirty = transfer;
  dirty[4] = 1;
  EXPECT_TRUE(decodeCall(dirty).function.empty()) << "an address with something above it";
  for (std::size_t size = 0; size < transfer.size(); ++size) {
    EXPECT_TRUE(decodeCall(BytesView(transfer).first(size)).function.empty()) << size;
  }
  Bytes event = submitEventCalldata({.machineId = 1, .currency = "USD"});
  event[event.size() - 1] = 1;
  EXPECT_TRUE(decodeCall(event).function.empty()) << "padding that is no padding";
  // A batch whose list of calls has an offset of its own choosing.
  Bytes batch = batchCalldata(kBatchSome, kDecodedAccount, std::vector<Bytes>{registerCalldata()});
  batch[4 + 31] = 0xE0;
  EXPECT_TRUE(decodeCall(batch).function.empty());
  EXPECT_TRUE(decodeCall({}).plain);
  EXPECT_FALSE(decodeCall(longer).plain);
}

}  // namespace
}  // namespace peaqos::peaq
