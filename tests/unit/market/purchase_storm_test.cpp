// Purchases in all weather: a fault at each request, a death at each step, and random mixtures of both with reruns. One
// order is made, one transfer pays it, one execution follows.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <tuple>

#include "market/purchase_fixture.hpp"
#include "support/walk.hpp"

namespace peaqos::market {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

// What holds at the end of every run of one purchase. `first`: no earlier run may have sent anything.
void expectNothingTwice(PurchaseTest& t, const PurchaseEnd& end, bool first) {
  t.chain.truth.settle();
  EXPECT_LE(t.market.orders.size(), 1U) << "ordered twice";
  EXPECT_LE(t.payments(), 1) << "paid twice";
  EXPECT_LE(t.market.executions(), 1U) << "executed twice";
  if (end.done()) expectPaidOnce(t);
  if (end.done() || end.killed()) return;
  EXPECT_EQ(end.kind, ErrorKind::Network) << end.code << ": " << end.message;
  EXPECT_EQ(end.hashes.empty(), end.sent == Sent::Nothing) << end.message;
  if (first && end.sent == Sent::Nothing) {
    EXPECT_EQ(t.payments(), 0) << "called not sent: " << end.code << ": " << end.message;
  }
}

// The ledger closed the order: an equal purchase from now on is another one.
bool isClosed(const PurchaseTest& t) {
  const auto rows = t.rows("order");
  return !rows.empty() && rows.back().status == ledger::Status::Confirmed;
}

// Runs the command again under a clear sky until the order is closed.
void expectOnceInTheEnd(PurchaseTest& t) {
  t.road.clear();
  t.chain.weather.clear();
  for (Backend& backend : t.chain.backends) backend = Backend{};
  PurchaseEnd end;
  for (int run = 0; run < 2 && !isClosed(t); ++run) {
    end = t.run();
    expectNothingTwice(t, end, false);
  }
  EXPECT_TRUE(isClosed(t)) << end.code << ": " << end.message;
  expectPaidOnce(t);
  EXPECT_EQ(t.statuses("order_payment").substr(0, 7), "pending") << "in the ledger before it left";
  EXPECT_EQ(t.rows("order_payment").back().status, ledger::Status::Confirmed);
}

// --- A fault at each request of a calm purchase

std::size_t calmRequests() {
  PurchaseTest t({.blockTime = seconds(0), .instant = true});
  EXPECT_TRUE(t.run().done());
  return t.road.passed.size();
}

class FaultyPurchase : public testing::TestWithParam<std::tuple<Mishap, std::size_t>> {};

TEST_P(FaultyPurchase, AtAnyRequestIsMadeGoodByTheNextRun) {
  const auto [mishap, times] = GetParam();
  const std::size_t requests = calmRequests();
  EXPECT_GE(requests, 10U);
  for (std::size_t nth = 1; nth <= requests; ++nth) {
    PurchaseTest t({.blockTime = seconds(0), .instant = true});
    t.road.spoil({.mishap = mishap, .skip = nth - 1, .times = times});
    const PurchaseEnd end = t.run();
    SCOPED_TRACE("request " + std::to_string(nth) + ": " + t.road.passed[nth - 1] + " -> " + end.code);
    expectNothingTwice(t, end, true);
    expectOnceInTheEnd(t);
    if (HasFailure()) return;
  }
}

// Once, and from there on to the end of the run.
INSTANTIATE_TEST_SUITE_P(Purchase, FaultyPurchase,
                         testing::Combine(testing::ValuesIn(kMishaps), testing::Values<std::size_t>(1, 1000)));

// --- A fault at each request of the run that makes a broken one good

class FaultyPurchaseRerun : public testing::TestWithParam<const char*> {};

TEST_P(FaultyPurchaseRerun, AtAnyRequestOfTheRerun) {
  for (const Mishap mishap : {Mishap::ResetBefore, Mishap::TimeoutAfter, Mishap::ErrorAfter}) {
    for (std::size_t nth = 1;; ++nth) {
      PurchaseTest t({.blockTime = seconds(0), .instant = true});
      t.road.spoil({.mishap = mishap, .method = "POST", .path = GetParam()});
      expectNothingTwice(t, t.run(), true);
      if (isClosed(t)) break;
      t.road.clear();
      t.road.passed.clear();
      t.road.spoilNth(nth, mishap);
      const PurchaseEnd end = t.run();
      SCOPED_TRACE(std::string(name(mishap)) + " at request " + std::to_string(nth) + " of the rerun -> " + end.code);
      expectNothingTwice(t, end, false);
      const bool reached = t.road.passed.size() >= nth;
      expectOnceInTheEnd(t);
      if (!reached || HasFailure()) break;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Purchase, FaultyPurchaseRerun,
                         testing::Values("/orders", "/payment-intent", "/", "/payment-proof", "/execute"));

// --- A death at each step

class KilledPurchase : public testing::TestWithParam<std::tuple<Death, bool>> {};

TEST_P(KilledPurchase, AtAnyStepIsMadeGoodByTheNextRun) {
  const auto [death, instant] = GetParam();
  bool ended = false;
  for (std::size_t step = 1; !ended; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    PurchaseTest t(instant ? ChainSettings{.blockTime = seconds(0), .instant = true} : ChainSettings{});
    Buyer buyer(t.world, t.chain, t.market);
    buyer.host.life.dieAt(step, death);
    const PurchaseEnd end = t.run(buyer, PurchaseTest::request(), &t.wallet);
    ended = !end.killed();
    expectNothingTwice(t, end, true);
    expectOnceInTheEnd(t);
    if (HasFailure()) FAIL() << buyer.host.life.steps().back();
  }
}

INSTANTIATE_TEST_SUITE_P(Purchase, KilledPurchase,
                         testing::Combine(testing::Values(Death::Kill, Death::PowerCut), testing::Bool()));

// A run that is destroyed while it looks up what to say of its failure loses no memory (LeakSanitizer).
TEST(PurchaseStorm, KilledAtAnyStepOfARunThatFails) {
  bool ended = false;
  for (std::size_t step = 1; !ended; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    PurchaseTest t;
    t.road.spoil({.mishap = Mishap::ErrorAfter, .method = "POST", .path = "/payment-intent"});
    Buyer buyer(t.world, t.chain, t.market);
    buyer.host.life.dieAt(step);
    const PurchaseEnd end = t.run(buyer, PurchaseTest::request(), &t.wallet);
    ended = !end.killed();
    expectNothingTwice(t, end, true);
    expectOnceInTheEnd(t);
  }
}

TEST(PurchaseStorm, KilledAtAnyStepAGivenTransactionPaysOneOrder) {
  bool ended = false;
  for (std::size_t step = 1; !ended; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    PurchaseTest t;
    PurchaseRequest request = PurchaseTest::request();
    request.given = GivenPayment{.transaction = t.payElsewhere(tokens(5)), .chain = "peaq", .token = "USDT"};
    Buyer buyer(t.world, t.chain, t.market);
    buyer.host.life.dieAt(step);
    ended = !t.run(buyer, request, nullptr).killed();
    if (!isClosed(t)) {
      EXPECT_TRUE(t.run(request).done());
    }
    expectOneOrder(t);
    EXPECT_EQ(t.payments(), 0);
    if (testing::Test::HasFailure()) return;
  }
}

// --- Random walks

PurchaseEnd stepIn(PurchaseTest& t, Walk& walk) {
  walk.makeWeather(t.road, t.chain, 12, "eth_getTransactionReceipt");
  Buyer buyer(t.world, t.chain, t.market, walk.seed());
  walk.mayDie(buyer.host.life, 90);
  return t.run(buyer, PurchaseTest::request(), &t.wallet);
}

class RandomPurchaseWalk : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomPurchaseWalk, OrdersPaysAndExecutesOnce) {
  const std::uint64_t runs = walks(12);
  for (std::uint64_t seed = GetParam() * runs; seed < (GetParam() + 1) * runs; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    PurchaseTest t;
    for (int run = 0; run < 4 && !isClosed(t); ++run) expectNothingTwice(t, stepIn(t, walk), run == 0);
    expectOnceInTheEnd(t);
    if (HasFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Purchase, RandomPurchaseWalk, testing::Range<std::uint64_t>(0, 10));

}  // namespace
}  // namespace peaqos::market
