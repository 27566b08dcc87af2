// Activations in random weather: lagging and lying nodes, lost answers, deaths, reruns. Nothing takes effect twice.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation_fixture.hpp"
#include "support/walk.hpp"

namespace peaqos::peaq {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

// One run of the command in some weather; it may be killed.
ActivationEnd stepIn(ActivationTest& t, Walk& walk) {
  walk.makeWeather(t.road, t.chain, 14, "eth_call");
  Operator by(t.world, t.chain, walk.seed());
  walk.mayDie(by.host.life, 120);
  return t.run(by);
}

void expectNothingTwice(ActivationTest& t, const ActivationEnd& end) {
  for (const auto& [effect, count] : t.chain.truth.effects()) EXPECT_EQ(count, 1);
  if (end.killed()) return;
  EXPECT_EQ(end.result.has_value(), end.code.empty());
  if (end.result) return;
  EXPECT_EQ(end.kind, ErrorKind::Network) << end.code << ": " << end.message;
  EXPECT_EQ(end.hashes.empty(), end.sent == Sent::Nothing) << end.code << ": " << end.message;
}

void expectActivatedInTheEnd(ActivationTest& t) {
  t.road.clear();
  t.chain.weather.clear();
  t.chain.truth.settle();
  t.chain.backends.resize(1);
  t.chain.backends[0].lag.blocks = 0;
  const ActivationEnd end = t.run();
  EXPECT_TRUE(end.result) << end.code << ": " << end.message;
  t.expectActivatedOnce();
}

class RandomActivationWalk : public testing::TestWithParam<std::tuple<bool, std::uint64_t>> {};

TEST_P(RandomActivationWalk, RegistersMintsAndWritesOnce) {
  const std::uint64_t runs = walks(6);
  const auto [proxy, part] = GetParam();
  for (std::uint64_t seed = part * runs; seed < (part + 1) * runs; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    ActivationTest t(proxy);
    for (int run = 0; run < 4; ++run) {
      const ActivationEnd end = stepIn(t, walk);
      expectNothingTwice(t, end);
      if (end.result) break;
    }
    expectActivatedInTheEnd(t);
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Activation, RandomActivationWalk,
                         testing::Combine(testing::Bool(), testing::Range<std::uint64_t>(0, 6)));

// --- A transaction that takes its time

TEST(ActivationStorm, ATransactionThatIsNotMinedInTimeIsWaitedForByTheNextRun) {
  ActivationTest t;
  t.chain.weather.add(weather::null()).on("eth_getTransactionReceipt").times(1000);
  const ActivationEnd late = t.run();
  EXPECT_EQ(late.code, "RECEIPT_PENDING");
  EXPECT_EQ(late.sent, Sent::Yes);
  EXPECT_EQ(late.hashes.size(), 1U);
  EXPECT_EQ(t.statuses("register"), "pending");
  t.chain.weather.clear();
  EXPECT_TRUE(t.run().result);
  t.expectActivatedOnce();
  EXPECT_EQ(t.statuses("register"), "pending confirmed skipped");
}

TEST(ActivationStorm, AnotherTransactionWithTheNonceIsSeenAndTheStepSignedAnew) {
  ActivationTest t;
  t.chain.weather.add(weather::run([&] { t.chain.truth.usurp(t.operatorKey.address(), 0); }))
      .on("eth_sendRawTransaction")
      .times(1);
  const ActivationEnd end = t.run();
  EXPECT_TRUE(end.result) << end.code << ": " << end.message;
  t.expectActivatedOnce();
}

TEST(ActivationStorm, AFeeAboveTheCeilingIsRefusedBeforeAnythingIsSpent) {
  ActivationTest t;
  t.chain.truth.change().baseFee = gwei(100'000'000);
  t.chain.truth.mine();
  for (const auto* signer : {&t.operatorKey, &t.machineKey})
    t.chain.truth.setBalance(signer->address(), coins(1'000'000));
  const ActivationEnd end = t.run();
  EXPECT_EQ(end.code, "FEE_ABOVE_CEILING") << end.message;
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_EQ(t.transactions(), 0U);
  EXPECT_EQ(t.statuses("register"), "");
}

}  // namespace
}  // namespace peaqos::peaq
