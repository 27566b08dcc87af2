// Transactions that are prepared, signed and sent by different runs: the same bytes, once.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "evm/outbox_fixture.hpp"
#include "evm/read_transaction.hpp"

namespace peaqos::evm {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

class OfflineTest : public OutboxTest {
 public:
  using OutboxTest::OutboxTest;

  // What another computer with the key would give back.
  ReadSigned prepareAndSign(const Intent& intent = event()) {
    Process process(world, chain);
    const auto prepared = process.host.run(process.outbox.prepare(intent, signer.address()));
    const auto bytes = process.host.run(signer.sign(*prepared));
    return *readSigned(bytes->raw);
  }

  static Task<End> sendBytes(Process& process, Intent intent, ReadSigned bytes) {
    std::optional<Error> failure;
    try {
      const evm::Mined mined = co_await process.outbox.sendSigned(intent, std::move(bytes));
      if (!mined.recorded) co_await process.outbox.confirm(mined, intent.facts);
      co_return End{
          .mined = true, .earlier = mined.earlier, .sent = Sent::Yes, .hash = toHex0x(mined.receipt.transaction)};
    } catch (const Error& error) {
      failure = error;
    }
    process.sent.stamp(*failure);
    co_return End{.code = failure->code, .message = failure->message, .sent = failure->sent};
  }

  End send(Process& process, const ReadSigned& bytes) {
    return process.host.run(sendBytes(process, event(), bytes)).value_or(End{.code = "KILLED"});
  }
  End send(const ReadSigned& bytes) {
    Process process(world, chain);
    return send(process, bytes);
  }
};

TEST(Offline, PreparingSignsAndRecordsNothing) {
  OfflineTest t;
  Process process(t.world, t.chain);
  const auto prepared = process.host.run(process.outbox.prepare(OutboxTest::event(), t.signer.address()));
  EXPECT_EQ(prepared->chainId, 3338U);
  EXPECT_EQ(prepared->nonce, 0U);
  EXPECT_EQ(prepared->data, OutboxTest::event().data);
  EXPECT_GT(prepared->gasLimit, 21'000U);
  EXPECT_EQ(t.log(), "");
  EXPECT_EQ(t.chain.count("eth_sendRawTransaction"), 0U);
}

TEST(Offline, SendsTheseBytesOnce) {
  OfflineTest t;
  const ReadSigned bytes = t.prepareAndSign();
  const End first = t.send(bytes);
  EXPECT_TRUE(first.mined) << first.message;
  EXPECT_FALSE(first.earlier);
  EXPECT_EQ(first.hash, toHex0x(bytes.hash));
  const End again = t.send(bytes);
  EXPECT_TRUE(again.mined) << again.message;
  EXPECT_TRUE(again.earlier);
  EXPECT_EQ(again.hash, first.hash);
  EXPECT_EQ(t.effects(), 1);
  EXPECT_EQ(t.rows("pending"), 1);
  EXPECT_EQ(t.rows("confirmed"), 1);
}

TEST(Offline, WhereverASendIsKilledARerunFinishesIt) {
  std::size_t deaths = 0;
  for (std::size_t step = 1;; ++step) {
    OfflineTest t;
    const ReadSigned bytes = t.prepareAndSign();
    Process process(t.world, t.chain);
    process.host.life.dieAt(step, step % 2 == 0 ? Death::PowerCut : Death::Kill);
    const End end = t.send(process, bytes);
    if (end.code != "KILLED") break;
    ++deaths;
    const End again = t.send(bytes);
    EXPECT_TRUE(again.mined) << step << ": " << again.message;
    EXPECT_EQ(t.effects(), 1) << step;
    EXPECT_EQ(t.rows("confirmed"), 1) << step;
  }
  EXPECT_GT(deaths, 5U);
}

TEST(Offline, WhatSomebodyElseHasSentIsFound) {
  OfflineTest t;
  const ReadSigned bytes = t.prepareAndSign();
  {
    Process elsewhere(t.world, t.chain, "/home/user/elsewhere");
    t.world.disk.makeFolder("/home/user/elsewhere");
    EXPECT_TRUE(t.send(elsewhere, bytes).mined);
  }
  const std::size_t broadcasts = t.chain.count("eth_sendRawTransaction");
  const End end = t.send(bytes);
  EXPECT_TRUE(end.mined) << end.message;
  EXPECT_EQ(t.chain.count("eth_sendRawTransaction"), broadcasts);
  EXPECT_EQ(t.rows("confirmed"), 1);
  EXPECT_EQ(t.effects(), 1);
}

TEST(Offline, WhatCanNoLongerBeMinedIsNotSent) {
  OfflineTest used;
  const ReadSigned bytes = used.prepareAndSign();
  EXPECT_TRUE(used.run(OutboxTest::event(2)).mined);
  EXPECT_EQ(used.send(bytes).code, "NONCE_USED");
  EXPECT_EQ(used.effects(), 1);

  OfflineTest ahead;
  Process process(ahead.world, ahead.chain);
  auto prepared = process.host.run(process.outbox.prepare(OutboxTest::event(), ahead.signer.address()));
  prepared->nonce = 1;
  const auto later = process.host.run(ahead.signer.sign(*prepared));
  EXPECT_EQ(ahead.send(*readSigned(later->raw)).code, "NONCE_AHEAD");
  EXPECT_EQ(ahead.log(), "");

  OfflineTest foreign;
  Process other(foreign.world, foreign.chain);
  prepared->nonce = 0;
  prepared->chainId = 1;
  const auto elsewhere = other.host.run(foreign.signer.sign(*prepared));
  const End end = foreign.send(*readSigned(elsewhere->raw));
  EXPECT_EQ(end.code, "OTHER_CHAIN");
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_EQ(foreign.log(), "");
}

TEST(Offline, WhatTheContractRefusesByNowIsNotSent) {
  OfflineTest t;
  const ReadSigned bytes = t.prepareAndSign();
  t.chain.truth.setContract(kRegistry, [](const Call&) { return revertWith("too late"); });
  EXPECT_EQ(t.send(bytes).code, "TX_REVERTED");
  EXPECT_EQ(t.log(), "");
}

}  // namespace
}  // namespace peaqos::evm
