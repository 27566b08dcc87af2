// Activations: what is sent, what is left out, and what holds after faults, deaths and reruns.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation.hpp"

#include "peaq/activation_fixture.hpp"

namespace peaqos::peaq {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

const ChainSettings kInstant{.blockTime = seconds(0), .instant = true};

class Activation : public testing::TestWithParam<bool> {};  // in proxy mode

INSTANTIATE_TEST_SUITE_P(Mode, Activation, testing::Bool(),
                         [](const auto& info) { return std::string(info.param ? "Proxy" : "Self"); });

// --- In calm weather

TEST_P(Activation, RegistersMintsAndWritesTheDids) {
  ActivationTest t(GetParam());
  const ActivationEnd end = t.run();
  ASSERT_TRUE(end.result) << end.code << ": " << end.message;
  t.expectActivatedOnce();
  EXPECT_EQ(end.result->machine, t.machine());
  EXPECT_EQ(end.result->machineId, evm::U256(t.contracts.state().machines[t.machine()]));
  EXPECT_EQ(end.result->proxyOperator.has_value(), t.proxy);
  EXPECT_EQ(t.transactions(), t.proxy ? 4U : 3U);
  for (const char* step : {"register", "mint_nft", "machine_did"}) EXPECT_EQ(t.statuses(step), "pending confirmed");
  EXPECT_EQ(t.statuses("proxy_did"), t.proxy ? "pending confirmed" : "");
  EXPECT_EQ(t.chain.truth.transactionsOf(t.machineKey.address()).size(), t.proxy ? 1U : 0U) << "only its own DID";
}

TEST_P(Activation, AgainItSendsNothing) {
  ActivationTest t(GetParam());
  const ActivationEnd first = t.run();
  const std::size_t sent = t.transactions();
  const ActivationEnd again = t.run();
  ASSERT_TRUE(again.result) << again.message;
  EXPECT_EQ(again.result->machineId, first.result->machineId);
  EXPECT_EQ(again.result->tokenId, first.result->tokenId);
  EXPECT_EQ(t.transactions(), sent);
  EXPECT_EQ(t.statuses("register"), "pending confirmed skipped");
}

TEST_P(Activation, InCalmWeatherItTakesSoManyRequests) {
  ActivationTest t(GetParam(), kInstant);
  ASSERT_TRUE(t.run().result);
  // The state; preparation, broadcast and receipt of each transaction; the token behind the mint.
  EXPECT_EQ(t.chain.requests(), 1U + 3U * (t.proxy ? 4U : 3U) + 1U);
}

TEST_P(Activation, ThePlanIsWhatIsThenSent) {
  ActivationTest t(GetParam());
  const ActivationPlan plan = t.plan();
  EXPECT_EQ(t.transactions(), 0U) << "a plan sends nothing";
  EXPECT_EQ(t.statuses("register"), "");
  std::vector<std::string> due;
  for (const PlannedStep& step : plan.steps) {
    if (step.due && step.gas > 0) due.emplace_back(step.name);
  }
  Operator by(t.world, t.chain);
  ASSERT_TRUE(t.run(by).result);
  std::vector<std::string> done;
  for (const host::Progress& event : by.host.conversation.events) {
    if (event.state == "confirmed") done.push_back(event.name);
  }
  EXPECT_EQ(due, done);
  EXPECT_EQ(plan.steps[3].value, evm::U256(kBond));
  for (const PlannedStep& step : t.plan().steps) EXPECT_EQ(step.due, step.name == "balance") << step.name;
}

// --- What is there already

struct There {
  const char* name;
  bool minted;
  std::map<std::string, std::string> attributes;
  std::size_t transactions;  // that are still needed
};

const There kThere[] = {
    {"registered", false, {}, 2},
    {"minted", true, {}, 1},
    {"a part of the DID", true, {{"machineId", "5"}, {"nftTokenId", "1005"}, {"operator", ""}}, 1},
    {"all but the visibility",
     true,
     {{"machineId", "5"},
      {"nftTokenId", "1005"},
      {"operator", ""},
      {"documentation_url", "https://docs.test/m"},
      {"data_api", "https://data.test/m"}},
     1},
    {"another URL",
     true,
     {{"machineId", "5"},
      {"nftTokenId", "1005"},
      {"operator", ""},
      {"documentation_url", "https://old.test/m"},
      {"data_api", "https://data.test/m"},
      {"data_visibility", "public"}},
     1},
};

TEST(ActivationContinued, DoesWhatIsMissingAndNothingElse) {
  for (const There& there : kThere) {
    SCOPED_TRACE(there.name);
    ActivationTest t;
    t.contracts.before.machines[t.machine()] = 5;
    if (there.minted) t.contracts.before.tokens[5] = {1005, t.machine()};
    t.contracts.before.attributes[t.machine()] = there.attributes;
    const ActivationEnd end = t.run();
    ASSERT_TRUE(end.result) << end.message;
    t.expectActivatedOnce();
    EXPECT_EQ(t.transactions(), there.transactions);
  }
}

TEST(ActivationContinued, WhatSomebodyElseDidMeanwhileIsRecovered) {
  for (const bool mint : {false, true}) {
    ActivationTest t;
    t.chain.weather
        .add(weather::run([&] {
          if (mint) t.contracts.before.tokens[41] = {1041, t.machine()};
          if (!mint) t.contracts.before.machines[t.machine()] = 41;
        }))
        .on("eth_sendRawTransaction")
        .skip(mint ? 1 : 0);
    const ActivationEnd end = t.run();
    ASSERT_TRUE(end.result) << end.code << ": " << end.message;
    EXPECT_EQ(t.statuses(mint ? "mint_nft" : "register"), "pending failed skipped");
    t.expectActivatedOnce();
  }
}

TEST(ActivationContinued, AnNftInOtherHandsIsSaid) {
  ActivationTest t;
  t.contracts.before.machines[t.machine()] = 5;
  t.contracts.before.tokens[5] = {1005, t.machineKey.address()};
  EXPECT_EQ(t.run().code, "NFT_HELD_ELSEWHERE");
  EXPECT_EQ(t.transactions(), 0U);
}

// --- What cannot be done

struct Obstacle {
  const char* name;
  bool proxy;
  void (*place)(ActivationTest&);
  const char* code;
  const char* words;
};

const Obstacle kObstacles[] = {
    {"paused", false, [](ActivationTest& t) { t.contracts.refuses["register()"] = "EnforcedPause()"; }, "EnforcedPause",
     "register reverted: the contract is paused"},
    {"another bond", false, [](ActivationTest& t) { t.contracts.refuses["register()"] = "IncorrectBondAmount()"; },
     "IncorrectBondAmount", "the bond is not the amount"},
    {"no money", false,
     [](ActivationTest& t) {
       t.request.skipFunding = true;
       t.chain.truth.setBalance(t.operatorKey.address(), coins(1));
     },
     "INSUFFICIENT_FUNDS", "PEAQ"},
    {"a machine without gas", true,
     [](ActivationTest& t) {
       t.request.skipFunding = true;
       t.chain.truth.setBalance(t.machineKey.address(), 1);
     },
     "INSUFFICIENT_FUNDS", "for the gas of its DID"},
    {"an operator who is no machine", true, [](ActivationTest& t) { t.contracts.before.machines.clear(); },
     "OPERATOR_NOT_REGISTERED", "is not a registered machine itself"},
    {"an operator's list that is none", true,
     [](ActivationTest& t) { t.contracts.before.attributes[t.operatorKey.address()]["machines"] = "{}"; },
     "BAD_MACHINES_LIST", "it was left as it is"},
    {"a missing contract", false, [](ActivationTest& t) { t.contracts.addresses.eventRegistry = {}; },
     "NO_CONTRACT_CODE", "nothing was sent"},
    {"another chain", false, [](ActivationTest& t) { t.chain.backends[0].chainId = 9990; }, "CHAIN_ID_MISMATCH",
     "nothing was sent"},
};

TEST(ActivationObstacle, IsNamedBeforeAnythingIsSpent) {
  for (const Obstacle& obstacle : kObstacles) {
    SCOPED_TRACE(obstacle.name);
    ActivationTest t(obstacle.proxy);
    obstacle.place(t);
    const ActivationEnd end = t.run();
    EXPECT_EQ(end.code, obstacle.code) << end.message;
    EXPECT_NE(end.message.find(obstacle.words), std::string::npos) << end.message;
    EXPECT_EQ(end.sent, Sent::Nothing);
    EXPECT_EQ(t.transactions(), 0U);
  }
}

TEST(ActivationObstacle, AMinedRevertNamesItsCauseAndTheRerunContinues) {
  constexpr const char* kFunctions[] = {"register()", "mint(uint256,address)",
                                        "batchAll(address[],uint256[],bytes[],uint64[])"};
  for (std::size_t step = 0; step < std::size(kFunctions); ++step) {
    SCOPED_TRACE(kFunctions[step]);
    ActivationTest t;
    t.chain.weather.add(weather::run([&] { t.contracts.refuses[kFunctions[step]] = "EnforcedPause()"; }))
        .on("eth_sendRawTransaction")
        .skip(step);
    const ActivationEnd end = t.run();
    EXPECT_EQ(end.code, "EnforcedPause") << end.message;
    EXPECT_NE(end.message.find("was mined but reverted"), std::string::npos) << end.message;
    EXPECT_EQ(end.sent, Sent::Yes);
    t.contracts.refuses.clear();
    EXPECT_TRUE(t.run().result);
    t.expectActivatedOnce();
  }
}

// --- In all weather

void expectTrueEnd(ActivationTest& t, const ActivationEnd& end) {
  if (end.killed() || end.result) return;
  t.chain.truth.settle();
  EXPECT_EQ(end.kind, ErrorKind::Network) << end.code << ": " << end.message;
  EXPECT_EQ(end.hashes.empty(), end.sent == Sent::Nothing) << end.message;
  if (end.sent == Sent::Nothing) {
    EXPECT_EQ(t.transactions(), 0U) << end.code << ": " << end.message;
  }
}

void expectMadeGood(ActivationTest& t) {
  t.road.clear();
  const ActivationEnd end = t.run();
  EXPECT_TRUE(end.result) << end.code << ": " << end.message;
  t.expectActivatedOnce();
}

TEST_P(Activation, AFaultAtAnyRequestIsMadeGoodByTheNextRun) {
  for (const Mishap mishap : kMishaps) {
    bool reached = true;
    for (std::size_t nth = 1; reached; ++nth) {
      ActivationTest t(GetParam(), kInstant);
      t.road.spoil({.mishap = mishap, .skip = nth - 1, .times = 1000});
      const ActivationEnd end = t.run();
      reached = t.road.passed.size() >= nth;
      SCOPED_TRACE(std::string(name(mishap)) + " from request " + std::to_string(nth) + " on -> " + end.code);
      expectTrueEnd(t, end);
      expectMadeGood(t);
      if (HasFailure()) return;
    }
  }
}

TEST_P(Activation, KilledAtAnyStepItIsMadeGoodByTheNextRun) {
  bool ended = false;
  for (std::size_t step = 1; !ended; ++step) {
    ActivationTest t(GetParam());
    Operator by(t.world, t.chain);
    by.host.life.dieAt(step, deathAt(step));
    const ActivationEnd end = t.run(by);
    ended = !end.killed();
    SCOPED_TRACE("step " + std::to_string(step) + ": " + by.host.life.steps().back());
    expectTrueEnd(t, end);
    expectMadeGood(t);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace peaqos::peaq
