// A policy in the outbox: nothing that it forbids is signed, whoever asks, however often, and however many at once.
// SPDX-License-Identifier: Apache-2.0
#include "policy/guard.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "evm/outbox_fixture.hpp"
#include "evm/read_transaction.hpp"
#include "evm/sign_offline.hpp"
#include "peaq/contracts.hpp"

namespace peaqos::policy {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

constexpr char kPolicyPath[] = "/home/user/project/peaqos-policy.json";

// A process whose outbox has a guard.
struct GuardedProcess {
  explicit GuardedProcess(World& world, ScriptedChain& chain, std::uint64_t seed = 1,
                          std::uint64_t rotateAt = 16U << 20, Place place = {})
      : host(world, "/home/user/project", seed),
        http(host.lent(), seconds(5)),
        rpc(http, chain.url),
        ledger(host.lent(), host.conversation, rotateAt),
        guard(host.lent(), host.conversation, ledger, std::move(place)),
        outbox({.host = host.lent(),
                .conversation = host.conversation,
                .rpc = rpc,
                .ledger = ledger,
                .sent = sent,
                .guard = &guard},
               {.chainId = chain.truth.settings().chainId,
                .receiptTimeout = seconds(60),
                .errors = {},
                .limits = {.currency = "PEAQ", .maxFee = coins(1)}}) {
    host.environment.variables["HOME"] = "/home/user";
  }

  FakeHost host;
  host::HttpClient http;
  evm::RpcClient rpc;
  ledger::Ledger ledger;
  SendRecord sent;
  Guard guard;
  evm::Outbox outbox;
};

class GuardTest : public OutboxTest {
 public:
  explicit GuardTest(const std::string& members, ChainSettings settings = {}) : OutboxTest(settings) { allow(members); }

  void allow(const std::string& members, unsigned mode = 0600) {
    world.disk.put(kPolicyPath, R"({"version": 1, )" + members + "}", mode);
  }

  // A registration that carries a bond of so many coins.
  static evm::Intent bond(std::uint64_t amount, const char* key = "") {
    return {.step = "register",
            .to = kRegistry,
            .value = coins(amount),
            .data = peaq::registerCalldata(),
            .facts = {{"mode", "self"}},
            .identity = key};
  }

  static Task<End> send(GuardedProcess& process, evm::Signer& signer, evm::Intent intent) {
    const Json facts = intent.facts;
    std::optional<Error> failure;
    try {
      const evm::Mined mined = co_await process.outbox.send(std::move(intent), signer);
      co_await process.outbox.confirm(mined, facts);
      co_return End{.mined = true, .sent = Sent::Yes, .hash = toHex0x(mined.receipt.transaction)};
    } catch (const Error& error) {
      failure = error;
    }
    process.sent.stamp(*failure);
    co_return End{.code = failure->code, .message = failure->message + " | " + failure->hint, .sent = failure->sent};
  }

  End spend(GuardedProcess& process, std::uint64_t amount) {
    return process.host.run(send(process, signer, bond(amount))).value_or(End{.code = "KILLED"});
  }
  // In a process of its own, as the user runs the command.
  End spend(std::uint64_t amount) {
    GuardedProcess process(world, chain);
    return spend(process, amount);
  }
};

constexpr char kTenADay[] = R"("amounts": {"PEAQ": {"perDay": "10"}})";

TEST(PolicyGuard, WithoutAFileEverythingIsAllowed) {
  OutboxTest t;
  GuardedProcess process(t.world, t.chain);
  EXPECT_TRUE(process.host.run(GuardTest::send(process, t.signer, GuardTest::bond(50)))->mined);
}

TEST(PolicyGuard, WhatIsRefusedIsNeitherSignedNorRecorded) {
  GuardTest t(R"("amounts": {"PEAQ": {"perTransaction": "1"}})");
  const End end = t.spend(2);
  EXPECT_EQ(end.code, "POLICY_REFUSED");
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_NE(end.message.find("/home/user/project/peaqos-policy.json"), std::string::npos) << end.message;
  EXPECT_EQ(t.chain.count("eth_sendRawTransaction"), 0U);
  EXPECT_EQ(t.log(), "");
  EXPECT_TRUE(t.spend(1).mined);
}

TEST(PolicyGuard, ASumHoldsOverRestarts) {
  GuardTest t(kTenADay);
  EXPECT_TRUE(t.spend(6).mined);
  EXPECT_TRUE(t.spend(4).mined);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED");
  EXPECT_EQ(t.effects(), 2);
}

TEST(PolicyGuard, ADayLaterItIsFree) {
  GuardTest t(kTenADay);
  EXPECT_TRUE(t.spend(10).mined);
  t.world.wall += std::chrono::hours(23);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED");
  t.world.wall += std::chrono::hours(1) + seconds(2);
  EXPECT_TRUE(t.spend(10).mined);
}

TEST(PolicyGuard, AClockThatStepsBackFreesNothing) {
  GuardTest t(kTenADay);
  EXPECT_TRUE(t.spend(10).mined);
  t.world.wall -= std::chrono::hours(48);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED");
  // What is written by the slow clock is not older than what it follows.
  t.allow(R"("amounts": {"PEAQ": {"perDay": "20"}})");
  EXPECT_TRUE(t.spend(10).mined);
  t.world.wall += std::chrono::hours(49);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED") << "both were spent within the last day";
  t.world.wall += std::chrono::hours(23);
  EXPECT_TRUE(t.spend(10).mined);
}

TEST(PolicyGuard, WhatIsPendingIsSpent) {
  GuardTest t(kTenADay, {.blockTime = seconds(0)});
  EXPECT_EQ(t.spend(10).code, "RECEIPT_PENDING");
  t.world.wall += std::chrono::hours(48);
  const End end = t.spend(1);
  EXPECT_EQ(end.code, "POLICY_REFUSED");
  EXPECT_NE(end.message.find("once what is under way has ended"), std::string::npos) << end.message;
}

TEST(PolicyGuard, WhatTheNodeRejectedOrAnotherTransactionReplacedWasNotSpent) {
  GuardTest t(kTenADay);
  t.chain.weather.add(weather::rpcError(-32000, "transaction underpriced")).on("eth_sendRawTransaction");
  EXPECT_EQ(t.spend(10).code, "TX_REJECTED");
  EXPECT_TRUE(t.spend(10).mined);
}

TEST(PolicyGuard, AMinedRevertSpendsItsFeeAlone) {
  GuardTest t(R"("amounts": {"PEAQ": {"perDay": "10"}}, "fees": {"PEAQ": {"perDay": "1"}})");
  t.chain.weather
      .add(weather::run(
          [&] { t.chain.truth.setContract(kRegistry, [](const Call&) { return revertWith("too late"); }); }))
      .on("eth_sendRawTransaction");
  EXPECT_EQ(t.spend(10).code, "TX_REVERTED");
  t.chain.truth.setContract(kRegistry);
  EXPECT_TRUE(t.spend(10).mined);
  GuardedProcess process(t.world, t.chain);
  const auto standing = process.host.run(process.guard.standing());
  const Rules& rules = (*standing)->policy.rules;
  const Judge judge(rules, "/p", (*standing)->now, (*standing)->spent);
  EXPECT_EQ(judge.spent("PEAQ", false, kDay), coins(10));
  evm::U256 paid;
  for (const Mined& mined : t.chain.truth.transactionsOf(t.signer.address())) {
    paid = paid + mined.price * evm::U256(mined.gasUsed);
  }
  EXPECT_EQ(judge.spent("PEAQ", true, kDay), paid) << "real fees, as soon as they are known";
}

TEST(PolicyGuard, ASumHoldsOverARotationOfTheLedger) {
  GuardTest t(kTenADay);
  for (int i = 0; i < 10; ++i) {
    GuardedProcess process(t.world, t.chain, 1, /*rotateAt=*/600);
    EXPECT_TRUE(t.spend(process, 1).mined);
  }
  int archives = 0;
  for (const std::string& path : t.world.disk.paths())
    archives += path.find("peaqos-2026") != std::string::npos ? 1 : 0;
  EXPECT_GT(archives, 3);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED");
}

TEST(PolicyGuard, EightAtOnceSpendNoMoreThanOne) {
  for (const bool others : {false, true}) {  // accounts of their own, with lanes of their own, in one folder
    GuardTest t(R"("amounts": {"PEAQ": {"perDay": "5"}})", {.blockTime = seconds(1)});
    std::vector<std::unique_ptr<GuardedProcess>> processes;
    std::vector<std::unique_ptr<evm::KeySigner>> signers;
    std::vector<std::shared_ptr<FakeHost::Job<End>>> jobs;
    for (std::uint64_t i = 0; i < 8; ++i) {
      processes.push_back(std::make_unique<GuardedProcess>(t.world, t.chain, i + 1));
      signers.push_back(std::make_unique<evm::KeySigner>(testSigner(others ? static_cast<char>('1' + i) : '0')));
      t.chain.truth.setBalance(signers.back()->address(), coins(100));
      jobs.push_back(processes.back()->host.spawn(
          GuardTest::send(*processes.back(), *signers.back(), GuardTest::bond(1, std::to_string(i).c_str()))));
    }
    t.world.loop.runUntil([&] { return std::ranges::all_of(jobs, [](const auto& job) { return job->ended(); }); });
    int mined = 0, refused = 0;
    for (const auto& job : jobs) {
      const End end = job->result();
      mined += end.mined ? 1 : 0;
      refused += end.code == "POLICY_REFUSED" ? 1 : 0;
    }
    EXPECT_EQ(mined, 5);
    EXPECT_EQ(refused, 3);
    EXPECT_EQ(t.effects(), 5);
  }
}

TEST(PolicyGuard, OfSeveralAtOnceThoseThatFitAreSent) {
  GuardTest t(R"("amounts": {"PEAQ": {"perDay": "3"}})");
  GuardedProcess process(t.world, t.chain);
  std::vector<evm::Intent> intents;
  for (const std::uint64_t amount : {2U, 2U, 1U}) intents.push_back(GuardTest::bond(amount));
  const auto outcomes = process.host.run(process.outbox.sendAll(std::move(intents), t.signer));
  EXPECT_TRUE(std::holds_alternative<evm::Mined>(outcomes->at(0)));
  EXPECT_EQ(std::get<Error>(outcomes->at(1)).code, "POLICY_REFUSED");
  EXPECT_TRUE(std::holds_alternative<evm::Mined>(outcomes->at(2)));
}

TEST(PolicyGuard, WhereverARunIsKilledTheSumHolds) {
  std::size_t deaths = 0;
  for (std::size_t step = 1;; ++step) {
    GuardTest t(kTenADay);
    GuardedProcess process(t.world, t.chain);
    process.host.life.dieAt(step, step % 2 == 0 ? Death::PowerCut : Death::Kill);
    if (process.host.run(GuardTest::send(process, t.signer, GuardTest::bond(6)))) break;
    ++deaths;
    t.spend(6);
    t.chain.truth.settle();
    EXPECT_LE(t.effects(), 1) << "killed at step " << step;
  }
  EXPECT_GT(deaths, 5U);
}

TEST(PolicyGuard, APersonIsAskedAboveTheSumAndOnlyThen) {
  GuardTest t(R"("amounts": {"PEAQ": {"askAbove": "5", "perDay": "20"}})");
  GuardedProcess process(t.world, t.chain);
  EXPECT_TRUE(t.spend(process, 5).mined);
  EXPECT_TRUE(process.host.conversation.questions.empty());
  process.host.conversation.answers["policy_consent"] = {"y", "n"};
  EXPECT_TRUE(t.spend(process, 6).mined);
  const End declined = t.spend(process, 6);
  EXPECT_EQ(declined.code, "POLICY_REFUSED");
  EXPECT_NE(declined.message.find("was not agreed to"), std::string::npos) << declined.message;
  ASSERT_EQ(process.host.conversation.questions.size(), 2U);
  EXPECT_TRUE(process.host.conversation.questions[0].personOnly);
  const End alone = t.spend(process, 6);
  EXPECT_EQ(alone.code, "POLICY_REFUSED");
  EXPECT_NE(alone.message.find("nobody is there to agree"), std::string::npos) << alone.message;
  process.host.conversation.answers["policy_consent"] = {"y"};
  EXPECT_EQ(t.spend(process, 10).code, "POLICY_REFUSED") << "consent allows no more than the rules do";
  EXPECT_EQ(t.effects(), 2);
}

TEST(PolicyGuard, WhatIsSpentWhileAPersonThinksCounts) {
  GuardTest t(R"("amounts": {"PEAQ": {"askAbove": "5", "perDay": "10"}})");
  GuardedProcess thinking(t.world, t.chain, 1), other(t.world, t.chain, 2);
  thinking.host.conversation.answers["policy_consent"] = {"y"};
  thinking.host.conversation.thinking = seconds(100);
  const auto job = thinking.host.spawn(GuardTest::send(thinking, t.signer, GuardTest::bond(8)));
  t.world.loop.runUntil([&] { return !thinking.host.conversation.questions.empty(); });
  EXPECT_TRUE(t.spend(other, 4).mined);
  t.world.loop.runUntil([&] { return job->ended(); });
  EXPECT_EQ(job->result().code, "POLICY_REFUSED");
}

TEST(PolicyGuard, ADearerVersionCountsInPlaceOfTheFirst) {
  const auto overtaken = [](const std::string& fees) {
    GuardTest t(R"("fees": {"PEAQ": )" + fees + "}", {.blockTime = seconds(6)});
    t.chain.weather.add(weather::run([&] { t.chain.truth.change().baseFee = gwei(50); })).on("eth_sendRawTransaction");
    GuardedProcess process(t.world, t.chain);
    t.spend(process, 1);
    return process.host.conversation.count("transaction", "replaced");
  };
  EXPECT_GT(overtaken(R"({"perDay": "1"})"), 0U);
  EXPECT_EQ(overtaken(R"({"perTransaction": "0.0005"})"), 0U) << "its higher fee is forbidden";
}

TEST(PolicyGuard, WhatIsSignedToBeSentLaterIsSpentOnce) {
  GuardTest t(R"("amounts": {"PEAQ": {"perDay": "10"}})");
  GuardedProcess process(t.world, t.chain);
  const auto prepared = process.host.run(process.outbox.prepare(GuardTest::bond(10), t.signer.address()));
  const evm::Proposal proposal{.step = "register", .machine = {}, .from = t.signer.address(), .transaction = *prepared};
  const auto bytes = process.host.run(evm::signOffline(process.ledger, process.guard, proposal, t.signer));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED");
  const auto mined = process.host.run(process.outbox.sendSigned(GuardTest::bond(10), *evm::readSigned(bytes->raw)));
  EXPECT_TRUE(mined->receipt.succeeded);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED");
  t.world.wall += std::chrono::hours(25);
  process.host.run(process.outbox.confirm(*mined, {}));
  t.world.wall += std::chrono::hours(23);
  EXPECT_EQ(t.spend(1).code, "POLICY_REFUSED") << "it was under way until a day ago";
  t.world.wall += std::chrono::hours(2);
  EXPECT_TRUE(t.spend(1).mined);
}

TEST(PolicyGuard, BytesThatWereSignedElsewhereObeyThePolicyHere) {
  GuardTest t(R"("amounts": {"PEAQ": {"perTransaction": "1"}})");
  GuardedProcess process(t.world, t.chain);
  const auto prepared = process.host.run(process.outbox.prepare(GuardTest::bond(2), t.signer.address()));
  const auto bytes = process.host.run(t.signer.sign(*prepared));
  const auto send = [&] {
    return process.host.run(process.outbox.sendSigned(GuardTest::bond(2), *evm::readSigned(bytes->raw)));
  };
  EXPECT_THROW(send(), Error);
  EXPECT_EQ(t.chain.count("eth_sendRawTransaction"), 0U);
  EXPECT_EQ(t.log(), "");
}

TEST(PolicyGuard, AFileThatCannotBeTrustedOrReadForbidsEverything) {
  GuardTest t(kTenADay);
  t.allow(kTenADay, 0620);
  EXPECT_EQ(t.spend(1).code, "POLICY_WRITABLE");
  t.allow(kTenADay, 0602);
  EXPECT_EQ(t.spend(1).code, "POLICY_WRITABLE");
  t.world.disk.put(kPolicyPath, "{}");
  EXPECT_EQ(t.spend(1).code, "BAD_POLICY");
  t.world.disk.setDenied(kPolicyPath);
  EXPECT_EQ(t.spend(1).code, "FILE_DENIED");
  EXPECT_EQ(t.log(), "");
  GuardedProcess named(t.world, t.chain, 1, 16U << 20, {.path = "/nowhere/p.json", .required = true});
  EXPECT_EQ(t.spend(named, 1).code, "FILE_MISSING");
}

TEST(PolicyGuard, AFileThatOthersCanReadIsWarnedOfOnce) {
  GuardTest t(kTenADay);
  t.allow(kTenADay, 0644);
  GuardedProcess process(t.world, t.chain);
  EXPECT_TRUE(t.spend(process, 1).mined);
  EXPECT_TRUE(t.spend(process, 1).mined);
  EXPECT_EQ(process.host.conversation.count("secret_file", "exposed"), 1U);
}

TEST(PolicyGuard, WithoutALockNothingIsCountedAndNothingSigned) {
  GuardTest t(kTenADay);
  t.world.disk.setUnlockable("/home/user/project");
  EXPECT_EQ(t.spend(1).code, "POLICY_UNCOUNTED");
  t.allow(R"("amounts": {"PEAQ": {"perTransaction": "1"}})");
  EXPECT_TRUE(t.spend(1).mined) << "a rule that counts nothing needs no lock";
}

TEST(PolicyGuard, ARowThatCannotBeReadForbidsEverything) {
  GuardTest t(kTenADay);
  EXPECT_TRUE(t.spend(1).mined);
  std::string log = t.log();
  log.replace(log.find("\"raw_tx\":\"0x02") + 12, 2, "03");
  t.world.disk.put("/home/user/project/peaqos.log", log);
  EXPECT_EQ(t.spend(1).code, "BAD_JOURNAL_ROW");
}

}  // namespace
}  // namespace peaqos::policy
