// Calls of the second generation, read back from the bytes of the vectors.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/decode_call.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "evm/abi.hpp"
#include "peaq/v2/calls.hpp"
#include "peaq/v2/known_tokens.hpp"
#include "peaq/v2/machine_id.hpp"
#include "peaq/v2/roles.hpp"
#include "vectors.hpp"

namespace peaqos::peaq {
namespace {

// What ERC-20 tokens have as well is decoded without knowing who is called.
bool isOfAnyToken(const std::string& signature) {
  return signature.starts_with("approve(") || signature.starts_with("transferFrom(");
}

TEST(DecodedMachineCalls, EveryVectorIsReadBack) {
  std::size_t seen = 0;
  for (const char* section : {"management", "subscription"}) {
    for (const Json& vector : vectors("peaq_v2/protocol.json").at(section)) {
      const std::string signature = text(vector, "signature");
      const Bytes data = *fromHex(text(vector, "calldata"));
      const DecodedCall call = decodeCall(data);
      EXPECT_EQ(call.function, signature);
      EXPECT_EQ(call.payment.has_value(), isOfAnyToken(signature)) << signature;
      if (isOfAnyToken(signature)) continue;
      EXPECT_TRUE(call.machineId || call.everyMachine) << signature;
      ++seen;

      Bytes longer = data;
      longer.push_back(0);
      EXPECT_TRUE(decodeCall(longer).function.empty()) << signature << " with a byte behind it";
      for (std::size_t cut = 4; cut < data.size(); cut += 32) {
        const Bytes shorter(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(cut));
        EXPECT_TRUE(decodeCall(shorter).function.empty()) << signature << " cut at " << cut;
      }
    }
  }
  EXPECT_GT(seen, 10U);
}

TEST(DecodedMachineCalls, AnActivationTellsItsMachineAndDocument) {
  std::size_t seen = 0;
  for (const Json& vector : vectors("peaq_v2/protocol.json").at("activation")) {
    for (const char* member : {"calldata", "calldataUsdt"}) {
      if (!vector.contains(member)) continue;
      const Bytes data = *fromHex(text(vector, member));
      const DecodedCall call = decodeCall(data);
      ASSERT_TRUE(call.function.starts_with("activateMachine")) << member;
      ASSERT_TRUE(call.machineId);
      const auto argument = [&](std::string_view name) {
        const auto found = std::ranges::find_if(call.arguments, [&](const Json& pair) { return pair[0] == name; });
        return found == call.arguments.end() ? Json() : (*found)[1];
      };
      const Bytes subject = *fromHex(argument("credentialSubject").get<std::string>());
      EXPECT_EQ(*call.machineId, v2::machineIdOf(argument("machineType").get<std::string>(), subject));
      EXPECT_TRUE(argument("document").is_object());
      ++seen;
    }
  }
  EXPECT_GE(seen, 1U);
}

TEST(DecodedMachineCalls, SayWhoMayTakeMachines) {
  const evm::Address friendOf = *evm::parseAddress("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
  const evm::Address from = *evm::parseAddress("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  const DecodedCall moved = decodeCall(evm::encodeCall(v2::registry::kSafeTransferFrom, {from, friendOf, 7}));
  EXPECT_EQ(moved.taker, friendOf);
  EXPECT_EQ(moved.machineId, evm::U256(7));
  const DecodedCall all = decodeCall(evm::encodeCall(v2::registry::kSetApprovalForAll, {friendOf, 1}));
  EXPECT_TRUE(all.everyMachine);
  EXPECT_EQ(all.taker, friendOf);
  EXPECT_TRUE(decodeCall(evm::encodeCall(v2::registry::kSetApprovalForAll, {friendOf, 2})).function.empty());
}

TEST(DecodedMachineCalls, TheRegistryOfAChainIsKnown) {
  const auto registry = [](const char* network) {
    return v2::rolesOf(findNetwork(network, Generation::Second)->roles).machineRegistry;
  };
  EXPECT_TRUE(v2::isMachineRegistry(3338, registry("mainnet")));
  EXPECT_TRUE(v2::isMachineRegistry(9990, registry("testnet")));
  EXPECT_TRUE(v2::isMachineRegistry(31338, registry("devnet")));
  EXPECT_FALSE(v2::isMachineRegistry(3338, registry("devnet")));
  EXPECT_FALSE(v2::isMachineRegistry(9990, registry("mainnet")));
}

}  // namespace
}  // namespace peaqos::peaq
