// Two transactions of which the second builds upon the first: an approval, and what is paid by it.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "evm/outbox_fixture.hpp"

namespace peaqos::test {
namespace {

// What became of both, as far as it can be compared.
struct BothEnd {
  std::string first = {}, second = {}, stopped = {};  // hash, or code of the error
};

std::string wordFor(const evm::Outcome& outcome) {
  if (const auto* mined = std::get_if<evm::Mined>(&outcome)) return toHex0x(mined->receipt.transaction);
  if (const auto* reverted = std::get_if<evm::RevertError>(&outcome)) return reverted->code;
  if (const auto* error = std::get_if<Error>(&outcome)) return error->code;
  return {};
}

Task<BothEnd> sendBothOf(Process& process, evm::Signer& signer, evm::Preflight beforeSecond) {
  const evm::Outbox::Both both =
      co_await process.outbox.sendBoth(OutboxTest::event(1), OutboxTest::event(2), signer, std::move(beforeSecond));
  BothEnd end{.first = wordFor(both.first), .second = wordFor(both.second)};
  try {
    if (both.stopped) std::rethrow_exception(both.stopped);
  } catch (const Error& error) {
    end.stopped = error.code;
  }
  co_return end;
}

struct OutboxBoth : testing::Test, OutboxTest {
  BothEnd sendBoth(evm::Preflight beforeSecond = {}) {
    Process process(world, chain);
    return process.host.run(sendBothOf(process, signer, std::move(beforeSecond))).value();
  }
  // Without looking for blocks that are due: a contract is asked while they are made.
  bool anyMined() const {
    for (std::uint64_t number = 0; number < chain.truth.size(); ++number) {
      if (!chain.truth.block(number)->transactions.empty()) return true;
    }
    return false;
  }
  const Block* blockOf(const std::string& hash) {
    const auto found = chain.truth.find(*fromHexExactly<32>(hash));
    return found ? found->block : nullptr;
  }
};

TEST_F(OutboxBoth, OneBlockHoldsBothWhereThePoolsStateAllowsTheSecond) {
  const BothEnd end = sendBoth();
  ASSERT_TRUE(blockOf(end.first));
  EXPECT_EQ(blockOf(end.first), blockOf(end.second));
  EXPECT_EQ(effects(), 2);
  EXPECT_EQ(rows("pending"), 2);
}

TEST_F(OutboxBoth, TheSecondWaitsWhereOnlyTheMinedFirstAllowsIt) {
  chain.truth.setContract(kRegistry, [this](const Call& call) {
    const bool allowed = call.data.at(1) == 1 || anyMined();
    return allowed ? CallResult{} : revertWith("the allowance is too low");
  });
  const BothEnd end = sendBoth();
  ASSERT_TRUE(blockOf(end.first) && blockOf(end.second)) << end.second;
  EXPECT_LT(blockOf(end.first)->number, blockOf(end.second)->number);
  EXPECT_EQ(effects(), 2);
}

TEST_F(OutboxBoth, WhatIsLearntBeforeTheSecondStopsItAndNotTheFirst) {
  evm::Preflight preflight{.calls = {evm::chainIdCall()}, .check = {}};
  preflight.check = [](std::span<const evm::RpcReply>, const Json&) -> std::uint64_t {
    throw networkError("QUOTE_MOVED", "it is dearer now");
  };
  const BothEnd end = sendBoth(std::move(preflight));
  EXPECT_TRUE(blockOf(end.first));
  EXPECT_EQ(end.second, "");
  EXPECT_EQ(end.stopped, "QUOTE_MOVED");
  EXPECT_EQ(effects(), 1);
}

TEST_F(OutboxBoth, WithoutTheFirstThereIsNoSecond) {
  chain.truth.setContract(kRegistry,
                          [](const Call& call) { return call.data.at(1) == 2 ? CallResult{} : revertWith("no"); });
  const BothEnd end = sendBoth();
  EXPECT_EQ(end.first, "TX_REVERTED");
  EXPECT_EQ(end.second, "");
  EXPECT_EQ(effects(), 0);
  EXPECT_EQ(chain.count("eth_sendRawTransaction"), 0U);
}

}  // namespace
}  // namespace peaqos::test
