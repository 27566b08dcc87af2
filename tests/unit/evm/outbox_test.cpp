// The outbox in the weather of public endpoints: an intent takes effect once, and every word about it is true.
// SPDX-License-Identifier: Apache-2.0
#include "evm/outbox.hpp"

#include <gtest/gtest.h>

#include "evm/outbox_fixture.hpp"

namespace peaqos::evm {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

constexpr char kSend[] = "eth_sendRawTransaction";
constexpr char kReceipt[] = "eth_getTransactionReceipt";
constexpr char kByHash[] = "eth_getTransactionByHash";

// --- Calm weather

TEST(Outbox, SendsOnceAndClosesItsRow) {
  OutboxTest t;
  const End end = t.run();
  EXPECT_TRUE(end.mined) << end.message;
  EXPECT_EQ(t.effects(), 1);
  EXPECT_EQ(t.rows("pending"), 1);
  EXPECT_EQ(t.rows("confirmed"), 1);
}

TEST(Outbox, NeedsTwoRequestsBeyondReceipts) {
  OutboxTest t({.blockTime = seconds(0), .instant = true});
  t.run();
  EXPECT_EQ(t.chain.requests(), 3U) << "preparation, broadcast, one receipt";
}

TEST(Outbox, TheRowIsDurableBeforeTheBytesLeave) {
  OutboxTest t;
  bool durable = false;
  t.chain.weather
      .add(weather::run([&] {
        durable =
            t.world.disk.durableText("/home/user/project/peaqos.log").value_or("").find("pending") != std::string::npos;
      }))
      .on(kSend);
  t.run();
  EXPECT_TRUE(durable);
}

TEST(Outbox, EqualEventsInTurnAreTwo) {
  OutboxTest t;
  EXPECT_TRUE(t.run().mined);
  EXPECT_TRUE(t.run().mined);
  EXPECT_EQ(t.effects(), 2);
}

TEST(Outbox, ARevertInSimulationSendsNothing) {
  OutboxTest t;
  t.chain.truth.setContract(kRegistry, [](const Call&) { return revertWith("not today"); });
  const End end = t.run();
  EXPECT_EQ(end.code, "TX_REVERTED");
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_EQ(t.chain.count(kSend), 0U);
  EXPECT_EQ(t.log(), "");
}

TEST(Outbox, WhatIsRehearsedIsSimulatedInPlaceOfWhatIsSent) {
  OutboxTest t;
  t.chain.truth.setContract(kRegistry, [](const Call& call) {
    return call.data == Bytes{0xEE} ? revertWith("one of them fails") : CallResult{};
  });
  evm::Intent hiding = OutboxTest::event();
  hiding.rehearsal = {0xEE};
  const End refused = t.run(hiding);
  EXPECT_EQ(refused.code, "TX_REVERTED");
  EXPECT_EQ(refused.sent, Sent::Nothing);
  hiding.rehearsal = {0xEF};
  EXPECT_TRUE(t.run(hiding).mined);
  EXPECT_EQ(t.chain.truth.transactionsOf(t.signer.address())[0].transaction.content.data, hiding.data);
}

TEST(Outbox, AMinedRevertIsRecordedAsFailedWithItsSender) {
  OutboxTest t;
  t.chain.weather
      .add(weather::run(
          [&] { t.chain.truth.setContract(kRegistry, [](const Call&) { return revertWith("too late"); }); }))
      .on(kSend);
  const End end = t.run();
  EXPECT_EQ(end.code, "TX_REVERTED");
  EXPECT_EQ(end.sent, Sent::Yes);
  EXPECT_EQ(t.rows("failed"), 1);
  EXPECT_NE(t.log().find("mined but reverted"), std::string::npos);
  EXPECT_NE(t.log().rfind("\"address\":\"" + toChecksum(t.signer.address())), std::string::npos);
}

TEST(Outbox, TooLittleMoneySignsNothing) {
  OutboxTest t;
  t.chain.truth.setBalance(t.signer.address(), gwei(10));
  EXPECT_EQ(t.run().code, "INSUFFICIENT_FUNDS");
  EXPECT_EQ(t.log(), "");
}

// --- Fees

TEST(Outbox, AFeeAboveTheCeilingSignsNothingAndNamesBoth) {
  OutboxTest t;
  t.chain.truth.change().baseFee = gwei(50'000'000);
  t.chain.truth.mine();
  const End end = t.run();
  EXPECT_EQ(end.code, "FEE_ABOVE_CEILING");
  EXPECT_NE(end.message.find("above the ceiling of 1.0000 PEAQ"), std::string::npos) << end.message;
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_EQ(t.chain.count(kSend), 0U);
}

TEST(Outbox, AnAbsurdTipOfTheNodeIsHeldAgainstItsHistory) {
  OutboxTest t;
  t.chain.truth.change().suggestedTip = gwei(1'000'000);
  EXPECT_TRUE(t.run().mined);
  EXPECT_LE(t.chain.truth.transactionsOf(t.signer.address())[0].transaction.content.maxPriorityFeePerGas, gwei(2));
}

TEST(Outbox, ATransactionThatTheBaseFeeOvertookIsReplacedByADearerVersion) {
  OutboxTest t;
  t.chain.weather.add(weather::run([&] { t.chain.truth.change().baseFee = gwei(20); })).on(kSend);
  const End end = t.run();
  EXPECT_TRUE(end.mined) << end.message;
  EXPECT_EQ(t.effects(), 1);
  EXPECT_EQ(t.rows("pending"), 2) << "both versions are in the ledger";
  EXPECT_NE(t.log().find("\"replaces\":["), std::string::npos);
}

TEST(Outbox, NoReplacementGoesAboveTheCeiling) {
  OutboxTest t;
  t.chain.weather.add(weather::run([&] { t.chain.truth.change().baseFee = gwei(50'000'000); })).on(kSend);
  Process process(t.world, t.chain);
  const End end = t.run(process);
  EXPECT_EQ(end.code, "RECEIPT_PENDING");
  EXPECT_EQ(t.rows("pending"), 1);
  EXPECT_GE(process.host.conversation.count("transaction", "overtaken"), 1U);
}

TEST(Outbox, AnyVersionSettlesTheIntent) {
  OutboxTest t;
  t.chain.weather.add(weather::run([&] { t.chain.truth.change().baseFee = gwei(20); })).on(kSend);
  // The second version never reaches a miner; then the fee falls and the first one is mined.
  t.chain.weather.add(weather::lostBeforeWork()).on(kSend).skip(1).always();
  t.world.loop.after(seconds(40), [&] { t.chain.truth.change().baseFee = gwei(1); });
  const End end = t.run();
  EXPECT_TRUE(end.mined) << end.message;
  EXPECT_EQ(t.effects(), 1);
  t.chain.weather.clear();
  EXPECT_TRUE(t.run().mined) << "nothing was left open";
  EXPECT_EQ(t.effects(), 2);
}

// --- Answers that prove nothing (the double sending of lagging endpoints)

TEST(Outbox, ALostAnswerAndALookUpThatLagsAreNoRejection) {
  OutboxTest t({.blockTime = seconds(0), .instant = true});
  t.chain.weather.add(weather::lostAfterWork()).on(kSend);
  t.chain.weather.add(weather::null()).on(kByHash);
  t.chain.weather.add(weather::null()).on(kReceipt);
  EXPECT_TRUE(t.run().mined);
  EXPECT_EQ(t.effects(), 1);
}

TEST(Outbox, ReceiptsThatLagTheNonceAreNoReplacement) {
  for (std::size_t nulls = 1; nulls <= 5; ++nulls) {
    OutboxTest t({.blockTime = seconds(0), .instant = true});
    t.chain.weather.add(weather::lostAfterWork()).on(kSend).times(2);
    t.chain.weather.add(weather::lostBeforeWork()).on(kReceipt).on(kByHash).always();
    EXPECT_EQ(t.run().code, "BROADCAST_UNKNOWN");
    t.chain.weather.clear();
    t.chain.weather.add(weather::null()).on(kReceipt).times(nulls);
    EXPECT_TRUE(t.run().mined);
    EXPECT_EQ(t.effects(), 1) << nulls;
  }
}

TEST(Outbox, AnotherTransactionSeenWithTheNonceIsAReplacement) {
  OutboxTest t;
  t.chain.backends[0].passesOn = false;
  t.world.loop.after(seconds(8), [&] {
    t.chain.truth.usurp(t.signer.address(), 0);
    t.chain.backends[0].passesOn = true;
  });
  const End end = t.run();
  EXPECT_TRUE(end.mined) << end.message;
  EXPECT_EQ(t.effects(), 1) << "the event is signed anew, since its first version can never be mined";
  EXPECT_NE(t.log().find("\"reason\":\"replaced\""), std::string::npos);
}

TEST(Outbox, WhatWasReplacedIsNotSentAgainWhereThatIsNotAllowed) {
  OutboxTest t;
  t.chain.backends[0].passesOn = false;
  t.world.loop.after(seconds(8), [&] { t.chain.truth.usurp(t.signer.address(), 0); });
  const End end = t.run(OutboxTest::event(), false);
  EXPECT_EQ(end.code, "TX_REPLACED");
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_EQ(t.effects(), 0);
}

TEST(Outbox, WithoutProofOfTheReplacementTheRowStaysOpen) {
  OutboxTest t;
  t.chain.backends[0].passesOn = false;
  t.world.loop.after(seconds(8), [&] { t.chain.truth.usurp(t.signer.address(), 0); });
  t.chain.weather.add(weather::null()).on("eth_getBlockByNumber").from(seconds(7)).always();
  const End end = t.run();
  EXPECT_EQ(end.code, "RECEIPT_PENDING");
  EXPECT_EQ(t.rows("failed"), 0);
}

TEST(Outbox, AReceiptOfAnotherTransactionIsRefused) {
  OutboxTest t;
  t.chain.weather.add(weather::with("transactionHash", "0x" + std::string(64, '9')))
      .on(kReceipt)
      .until(seconds(20))
      .always();
  EXPECT_TRUE(t.run().mined);
  EXPECT_EQ(t.effects(), 1);
}

// --- Refusals

TEST(Outbox, ARefusedFirstBroadcastIsARejectionOnceTheNonceStayedFree) {
  OutboxTest t;
  t.chain.weather.add(weather::refusal(Family::Geth, Refusal::InsufficientFunds)).on(kSend);
  const End end = t.run();
  EXPECT_EQ(end.code, "TX_REJECTED");
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_EQ(t.rows("failed"), 1);
  EXPECT_EQ(t.effects(), 0);
  EXPECT_TRUE(t.run().mined);
  EXPECT_EQ(t.effects(), 1);
}

TEST(Outbox, ARefusalByANodeThatPassedItOnAllTheSameIsNone) {
  OutboxTest t;
  t.chain.weather.add(weather::errorAfterWork(-32000, "insufficient funds for gas * price + value")).on(kSend);
  EXPECT_TRUE(t.run().mined);
  EXPECT_EQ(t.effects(), 1);
}

TEST(Outbox, ARefusalOfASecondDeliverySaysNothing) {
  OutboxTest t({.blockTime = seconds(0), .instant = true});
  t.chain.weather.add(weather::lostAfterWork()).on(kSend);
  t.chain.weather.add(weather::refusal(Family::Geth, Refusal::InsufficientFunds)).on(kSend).skip(1);
  t.chain.weather.add(weather::null()).on(kReceipt).times(3);
  t.chain.weather.add(weather::null()).on(kByHash).times(3);
  EXPECT_TRUE(t.run().mined);
  EXPECT_EQ(t.effects(), 1);
}

// --- Waiting

TEST(Outbox, NoBadAnswerEndsTheWaitForAReceipt) {
  const std::vector<Rule> bad = {weather::lostBeforeWork(),
                                 weather::timeoutBeforeWork(),
                                 weather::status(503, "upstream unavailable"),
                                 weather::status(429),
                                 weather::rpcError(-32000, "transaction indexing is in progress"),
                                 weather::rpcError(-32005, "rate limit exceeded"),
                                 weather::rubbish(),
                                 weather::without("blockNumber"),
                                 weather::with("status", "maybe")};
  for (const Rule& rule : bad) {
    OutboxTest t;
    t.chain.weather.add(rule).on(kReceipt).times(3);
    const End end = t.run();
    EXPECT_TRUE(end.mined) << end.code << ": " << end.message;
    EXPECT_EQ(t.effects(), 1);
  }
}

TEST(Outbox, ALateReceiptIsPendingWithItsHash) {
  OutboxTest t({.blockTime = seconds(3600)});
  const End end = t.run();
  EXPECT_EQ(end.code, "RECEIPT_PENDING");
  EXPECT_EQ(end.sent, Sent::Yes);
  EXPECT_NE(end.message.find("0x"), std::string::npos);
  EXPECT_EQ(t.rows("failed"), 0);
  t.chain.truth.settle();
  const End again = t.run();
  EXPECT_TRUE(again.mined);
  EXPECT_TRUE(again.earlier);
  EXPECT_EQ(t.effects(), 1);
}

TEST(Outbox, ANodeThatIsGoneAfterTheBroadcastLeavesMaybe) {
  OutboxTest t;
  t.chain.weather.add(weather::lostBeforeWork()).on(kSend).always();
  t.chain.weather.add(weather::refusedConnection()).on(kReceipt).always();
  const End end = t.run();
  EXPECT_EQ(end.code, "BROADCAST_UNKNOWN");
  EXPECT_EQ(end.sent, Sent::Maybe);
  t.chain.weather.clear();
  EXPECT_TRUE(t.run().mined);
  EXPECT_EQ(t.effects(), 1);
}

TEST(Outbox, AWallClockThatStepsBackDoesNotStretchTheDeadline) {
  OutboxTest t({.blockTime = seconds(3600)});
  t.world.loop.after(seconds(10), [&] { t.world.wall -= std::chrono::hours(24); });
  EXPECT_EQ(t.run().code, "RECEIPT_PENDING");
  EXPECT_LT(t.world.loop.now(), seconds(90));
}

// --- Chains and accounts

TEST(Outbox, ARowOfAnotherChainIsNotTouched) {
  OutboxTest t({.blockTime = seconds(3600)});
  t.run();
  const std::string before = t.log();
  World& world = t.world;
  ScriptedChain other(world, {.chainId = 9990}, "http://other.test/");
  other.truth.setBalance(t.signer.address(), coins(1));
  other.truth.setContract(kRegistry);
  Process process(world, other);
  const End end = t.run(process);
  EXPECT_TRUE(end.mined) << "an equal event on another chain is another event";
  EXPECT_EQ(t.log().find(before), 0U);
  EXPECT_EQ(t.rows("failed"), 0);
  t.chain.truth.settle();
  EXPECT_TRUE(t.run().earlier);
  EXPECT_EQ(t.effects(), 1);
}

TEST(Outbox, ProcessesInFourFoldersTakeTurns) {
  OutboxTest t;
  std::vector<std::unique_ptr<Process>> processes;
  std::vector<std::shared_ptr<FakeHost::Job<End>>> jobs;
  for (std::uint8_t i = 0; i < 4; ++i) {
    const std::string folder = "/home/user/folder" + std::to_string(i);
    t.world.disk.makeFolder(folder);
    processes.push_back(std::make_unique<Process>(t.world, t.chain, folder, i));
    jobs.push_back(processes.back()->host.spawn(OutboxTest::submit(*processes.back(), t.signer, OutboxTest::event(i))));
  }
  t.world.loop.runUntil([&] { return std::ranges::all_of(jobs, [](const auto& job) { return job->ended(); }); });
  for (const auto& job : jobs) {
    const End end = job->result();
    EXPECT_TRUE(end.mined) << end.code << ": " << end.message;
  }
  EXPECT_EQ(t.effects(), 4);
}

TEST(Outbox, TheLaneIsFreeWhileAPersonThinks) {
  OutboxTest t;
  Process slow(t.world, t.chain, "/home/user/project", 1);
  slow.host.conversation.approving = true;
  slow.host.conversation.thinking = std::chrono::hours(1);
  slow.host.conversation.answers["approve"] = {"yes"};
  auto thinking = slow.host.spawn(OutboxTest::submit(slow, t.signer, OutboxTest::event(1)));
  t.world.loop.advance(seconds(5));
  EXPECT_TRUE(t.run(OutboxTest::event(2)).mined);
  EXPECT_LT(t.world.loop.now(), seconds(60));
  t.world.loop.runUntil([&] { return thinking->ended(); });
  EXPECT_TRUE(thinking->result().mined) << "with a nonce that was read after the answer";
  EXPECT_EQ(t.effects(), 2);
}

TEST(Outbox, WhoeverDoesNotApproveSendsNothing) {
  OutboxTest t;
  Process process(t.world, t.chain);
  process.host.conversation.approving = true;
  process.host.conversation.answers["approve"] = {"no"};
  const End end = t.run(process);
  EXPECT_EQ(end.code, "NOT_APPROVED");
  EXPECT_EQ(t.log(), "");
}

// --- Several at once

TEST(Outbox, ABatchIsOnePreparationOneAppendAndOneBroadcast) {
  OutboxTest t({.blockTime = seconds(0), .instant = true});
  Process process(t.world, t.chain);
  std::vector<Intent> intents;
  for (std::uint8_t i = 0; i < 20; ++i) intents.push_back(OutboxTest::event(i));
  const auto outcomes = process.host.run(process.outbox.sendAll(std::move(intents), t.signer)).value();
  ASSERT_EQ(outcomes.size(), 20U);
  for (const Outcome& outcome : outcomes) EXPECT_TRUE(std::holds_alternative<evm::Mined>(outcome));
  EXPECT_EQ(t.effects(), 20);
  EXPECT_EQ(t.chain.requests(), 3U);
}

TEST(Outbox, ARefusedIntentOfABatchDoesNotHarmTheOthers) {
  OutboxTest t;
  t.chain.truth.setContract(
      kRegistry, [](const Call& call) { return call.data.back() == 1 ? revertWith("bad event") : CallResult{}; });
  Process process(t.world, t.chain);
  std::vector<Intent> intents{OutboxTest::event(0), OutboxTest::event(1), OutboxTest::event(2)};
  const auto outcomes = process.host.run(process.outbox.sendAll(std::move(intents), t.signer)).value();
  EXPECT_TRUE(std::holds_alternative<evm::Mined>(outcomes[0]));
  EXPECT_TRUE(std::holds_alternative<RevertError>(outcomes[1]));
  EXPECT_TRUE(std::holds_alternative<evm::Mined>(outcomes[2]));
  EXPECT_EQ(t.effects(), 2);
}

}  // namespace
}  // namespace peaqos::evm
