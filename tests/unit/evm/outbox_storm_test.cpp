// Every kind of trouble at every kind of request, and random mixtures of all of it with kills and reruns.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "evm/outbox_fixture.hpp"
#include "support/walk.hpp"

namespace peaqos::evm {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

// What holds at the end of a run, whatever the weather was.
void expectTrue(OutboxTest& t, const End& end) {
  t.chain.truth.settle();
  EXPECT_LE(t.effects(), 1) << "twice";
  if (end.mined) {
    EXPECT_EQ(t.effects(), 1) << "called mined, and is not";
  }
  if (end.sent == Sent::Nothing && !end.mined && end.code != "KILLED") {
    EXPECT_EQ(t.effects(), 0) << "called not sent: " << end.code << ": " << end.message;
  }
  if (end.sent != Sent::Nothing && !end.mined) {
    EXPECT_FALSE(end.hashes.empty()) << "without its hash: " << end.message;
  }
}

// An end that the ledger knows: a later run of the same event is another event.
bool isRecorded(const OutboxTest& t, const End& end) { return end.mined || t.rows("confirmed") > 0; }

// Runs the command again under a clear sky until it says that the event is there.
void expectOnceInTheEnd(OutboxTest& t, End end) {
  t.chain.weather.clear();
  for (Backend& backend : t.chain.backends) backend = Backend{};
  for (int attempt = 0; attempt < 3 && !isRecorded(t, end); ++attempt) {
    end = t.run();
    expectTrue(t, end);
  }
  EXPECT_TRUE(isRecorded(t, end)) << end.code << ": " << end.message;
  EXPECT_EQ(t.effects(), 1);
  EXPECT_EQ(t.rows("confirmed"), 1);
}

// --- Each wording of each family of nodes, as the answer to the first broadcast

class Refused : public testing::TestWithParam<std::size_t> {};

TEST_P(Refused, IsJudgedByTheChain) {
  const Words& words = allWords()[GetParam()];
  SCOPED_TRACE(std::string(name(words.family)) + ": " + std::string(words.message));
  OutboxTest t;
  t.chain.weather.add(weather::words(words)).on("eth_sendRawTransaction");
  const End end = t.run();
  expectTrue(t, end);
  expectOnceInTheEnd(t, end);
}

TEST_P(Refused, AfterTheNodeTookItIsNoRejection) {
  const Words& words = allWords()[GetParam()];
  SCOPED_TRACE(std::string(name(words.family)) + ": " + std::string(words.message));
  OutboxTest t;
  t.chain.weather.add(weather::errorAfterWork(words.code, std::string(words.message))).on("eth_sendRawTransaction");
  const End end = t.run();
  expectTrue(t, end);
  EXPECT_NE(end.code, "TX_REJECTED");
  expectOnceInTheEnd(t, end);
}

INSTANTIATE_TEST_SUITE_P(OfEveryFamily, Refused, testing::Range<std::size_t>(0, allWords().size()));

// --- Each fault at each method

struct Fault {
  const char* name;
  Rule (*make)();
};

const Fault kFaults[] = {
    {"lost before the work", [] { return weather::lostBeforeWork(); }},
    {"lost after the work", [] { return weather::lostAfterWork(); }},
    {"timeout before the work", [] { return weather::timeoutBeforeWork(); }},
    {"timeout after the work", [] { return weather::timeoutAfterWork(); }},
    {"refused connection", [] { return weather::refusedConnection(); }},
    {"delivered twice", [] { return weather::deliveredTwice(); }},
    {"500", [] { return weather::status(500, "upstream error"); }},
    {"503 after the work", [] { return weather::statusAfterWork(503); }},
    {"429 with Retry-After", [] { return weather::retryAfter(429, 1); }},
    {"rate limit in the body", [] { return weather::rpcError(-32005, "rate limit exceeded"); }},
    {"internal error", [] { return weather::rpcError(-32603, "internal error"); }},
    {"error after the work", [] { return weather::errorAfterWork(-32000, "header not found"); }},
    {"null", [] { return weather::null(); }},
    {"rubbish", [] { return weather::rubbish(); }},
};

const char* const kMethods[] = {"eth_getTransactionCount",   "eth_estimateGas",          "eth_sendRawTransaction",
                                "eth_getTransactionReceipt", "eth_getTransactionByHash", "eth_getBlockByNumber"};

class Faulty : public testing::TestWithParam<std::tuple<std::size_t, std::size_t, int>> {};

TEST_P(Faulty, TakesEffectOnce) {
  const auto [fault, method, times] = GetParam();
  SCOPED_TRACE(std::string(kFaults[fault].name) + " at " + kMethods[method] + ", " + std::to_string(times) + " times");
  OutboxTest t({.blockTime = times == 1 ? seconds(0) : seconds(6), .instant = times == 1});
  t.chain.weather.add(kFaults[fault].make()).on(kMethods[method]).times(static_cast<std::size_t>(times));
  const End end = t.run();
  expectTrue(t, end);
  expectOnceInTheEnd(t, end);
}

INSTANTIATE_TEST_SUITE_P(AtEveryMethod, Faulty,
                         testing::Combine(testing::Range<std::size_t>(0, std::size(kFaults)),
                                          testing::Range<std::size_t>(0, std::size(kMethods)), testing::Values(1, 2)));

// --- A death at each step

class Killed : public testing::TestWithParam<Death> {};

TEST_P(Killed, AtAnyStepLosesNothing) {
  bool ended = false;
  for (std::size_t step = 1; !ended; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    OutboxTest t;
    Process process(t.world, t.chain);
    process.host.life.dieAt(step, GetParam());
    const End end = t.run(process);
    ended = end.code != "KILLED";
    expectTrue(t, end);
    if (!ended) expectOnceInTheEnd(t, end);
    if (HasFatalFailure() || HasNonfatalFailure()) FAIL() << process.host.life.steps().back();
  }
}

INSTANTIATE_TEST_SUITE_P(OfBothKinds, Killed, testing::Values(Death::Kill, Death::PowerCut));

// --- Random walks

class OutboxWalk : public Walk {
 public:
  using Walk::Walk;

  void makeWeather(OutboxTest& t) {
    t.chain.weather.clear();
    for (std::size_t i = pick(4); i > 0; --i) {
      t.chain.weather.add(kFaults[pick(std::size(kFaults))].make())
          .on(kMethods[pick(std::size(kMethods))])
          .skip(pick(3))
          .times(1 + pick(3));
    }
    if (chance(3))
      t.chain.weather.add(weather::words(allWords()[pick(allWords().size())])).on("eth_sendRawTransaction");
    t.chain.backends.resize(1 + pick(3));
    for (Backend& backend : t.chain.backends) {
      backend.lag.blocks = chance(3) ? pick(3) : 0;
      backend.lookupLag.time = chance(3) ? seconds(pick(20)) : seconds(0);
      backend.gossip = seconds(pick(4));
    }
    if (chance(8)) {
      t.world.loop.after(seconds(pick(30)), [&t] { t.chain.truth.change().baseFee = gwei(20); });
      t.world.loop.after(seconds(40), [&t] { t.chain.truth.change().baseFee = gwei(1); });
    }
    if (chance(8)) {
      t.world.loop.after(seconds(pick(40)), [&t] { t.chain.truth.reorg(1, Chain::Fate::Return); });
    }
  }

  End step(OutboxTest& t) {
    makeWeather(t);
    Process process(t.world, t.chain, "/home/user/project", seed());
    mayDie(process.host.life, 60);
    return t.run(process);
  }
};

class RandomWalk : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomWalk, NoIntentTakesEffectTwiceOrIsCalledWhatItIsNot) {
  const std::uint64_t runs = walks(50);
  for (std::uint64_t seed = GetParam() * runs; seed < (GetParam() + 1) * runs; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    OutboxWalk walk(seed);
    OutboxTest t;
    End end;
    for (int run = 0; run < 3 && !isRecorded(t, end); ++run) {
      end = walk.step(t);
      expectTrue(t, end);
    }
    expectOnceInTheEnd(t, end);
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeded, RandomWalk, testing::Range<std::uint64_t>(0, 20));

}  // namespace
}  // namespace peaqos::evm
