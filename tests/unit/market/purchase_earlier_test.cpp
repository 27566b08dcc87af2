// What a purchase does with the order, and with the transfer, of a run that was broken off.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "market/purchase_fixture.hpp"

namespace peaqos::market {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

// Breaks a run off where its request gets no answer.
PurchaseEnd breakOff(PurchaseTest& t, const char* path, Mishap mishap) {
  t.road.spoil({.mishap = mishap, .method = "POST", .path = path});
  PurchaseEnd end = t.run();
  t.road.clear();
  t.road.passed.clear();
  return end;
}

// --- An order of which only the request is known

TEST(PurchaseEarlier, AnOrderWhoseAnswerWasLostIsFoundInTheList) {
  for (const bool oneAPage : {false, true}) {
    PurchaseTest t;
    t.market.oneAPage = oneAPage;
    const PurchaseEnd end = breakOff(t, "/orders", Mishap::ResetAfter);
    EXPECT_NE(end.message.find("whether the order came to be is not known"), std::string::npos) << end.message;
    EXPECT_NE(end.message.find("Run the same command again"), std::string::npos) << end.message;
    EXPECT_TRUE(t.run().done());
    expectPaidOnce(t);
    EXPECT_EQ(t.statuses("order"), "pending pending confirmed");
  }
}

TEST(PurchaseEarlier, AnOrderThatNeverCameToBeIsPlaced) {
  PurchaseTest t;
  breakOff(t, "/orders", Mishap::ResetBefore);
  EXPECT_TRUE(t.market.orders.empty());
  EXPECT_TRUE(t.run().done());
  EXPECT_EQ(t.road.passed[0], "GET /api/v1/market/orders");
  expectPaidOnce(t);
}

// Another order in the list that looks like the lost one, but for one thing.
struct Lookalike {
  const char* name;
  void (*change)(Json& shown);
  bool same;
};

const Lookalike kLookalikes[] = {
    {"Itself", [](Json&) {}, true},
    {"OtherService", [](Json& shown) { shown["serviceId"] = "svc-2"; }, false},
    {"OtherAgent", [](Json& shown) { shown["agentPairingId"] = "pair-2"; }, false},
    {"OtherOperation", [](Json& shown) { shown["operation"] = "other"; }, false},
    {"OtherSearch", [](Json& shown) { shown["searchId"] = "sea-2"; }, false},
    {"OtherQuote", [](Json& shown) { shown["quoteId"] = "quo-2"; }, false},
    {"Delivered", [](Json& shown) { shown["status"] = "delivered"; }, false},
    {"Cancelled", [](Json& shown) { shown["status"] = "cancelled"; }, false},
    {"Created", [](Json& shown) { shown["status"] = "created"; }, true},
    {"ElevenMinutesOlder", [](Json& shown) { shown["createdAt"] = "2025-12-31T23:49:00Z"; }, false},
    {"NineMinutesOlder", [](Json& shown) { shown["createdAt"] = "2025-12-31T23:51:01Z"; }, true},
    {"AtAnUnknownTime", [](Json& shown) { shown["createdAt"] = "yesterday"; }, true},
};

class Listed : public testing::TestWithParam<Lookalike> {};

TEST_P(Listed, IsTakenForTheLostOrderOnlyIfItIsTheOne) {
  PurchaseTest t;
  t.market.offer.rail = "not-required";
  PurchaseRequest request = PurchaseTest::request();
  request.operation = "get-price";
  request.searchId = "sea-1";
  request.quoteId = "quo-1";
  t.road.spoil({.mishap = Mishap::TimeoutAfter, .method = "POST", .path = "/orders"});
  EXPECT_EQ(t.run(request).kind, ErrorKind::Network);
  GetParam().change(t.market.orders[0].shown);
  const PurchaseEnd end = t.run(request);
  EXPECT_TRUE(end.done()) << end.message;
  EXPECT_EQ(t.market.orders.size(), GetParam().same ? 1U : 2U);
  EXPECT_EQ(t.market.executions(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Purchase, Listed, testing::ValuesIn(kLookalikes),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(PurchaseEarlier, AnOrderThatTheLedgerKnowsOtherwiseIsNotTheLostOne) {
  PurchaseTest t;
  PurchaseRequest other = PurchaseTest::request();
  other.budget = Json{{"amount", 1}};  // an order of the same look in the list, left open for its budget
  EXPECT_EQ(t.run(other).code, "BUDGET_EXCEEDED");
  breakOff(t, "/orders", Mishap::ResetBefore);
  EXPECT_TRUE(t.run().done());
  EXPECT_EQ(t.market.orders.size(), 2U);
  EXPECT_EQ(t.market.orders[0].status(), "payment_pending");
  EXPECT_EQ(t.market.orders[1].status(), "delivered");
}

TEST(PurchaseEarlier, OfTwoThatCouldBeItTheOldestIsTaken) {
  PurchaseTest t;
  breakOff(t, "/orders", Mishap::ResetAfter);
  t.market.orders.push_back(t.market.orders[0]);
  t.market.orders[1].shown["id"] = "ord-2";
  EXPECT_TRUE(t.run().done());
  EXPECT_EQ(t.market.orders[0].status(), "delivered");
  EXPECT_EQ(t.market.orders[1].status(), "payment_pending");
}

// --- An order that is known by its ID

struct Stage {
  const char* name;
  const char* path;  // of the request whose answer was lost
  Mishap mishap;
  const char* status;  // of the order then
};

const Stage kStages[] = {
    {"IntentMissing", "/payment-intent", Mishap::ResetBefore, "payment_pending"},
    {"IntentMade", "/payment-intent", Mishap::ResetAfter, "payment_pending"},
    {"TransferNotProven", "/payment-proof", Mishap::ResetBefore, "payment_pending"},
    {"PaymentHeld", "/payment-proof", Mishap::ResetAfter, "ready"},
    {"NotExecuted", "/execute", Mishap::ResetBefore, "ready"},
    {"Delivered", "/execute", Mishap::TimeoutAfter, "delivered"},
};

class BrokenOff : public testing::TestWithParam<Stage> {};

TEST_P(BrokenOff, IsContinuedFromThere) {
  PurchaseTest t;
  const PurchaseEnd end = breakOff(t, GetParam().path, GetParam().mishap);
  EXPECT_EQ(end.kind, ErrorKind::Network);
  EXPECT_NE(end.message.find("order 'ord-1' was created but"), std::string::npos) << end.message;
  EXPECT_NE(end.message.find("Current status: " + std::string(GetParam().status)), std::string::npos) << end.message;
  EXPECT_EQ(t.market.orders[0].status(), GetParam().status);
  const PurchaseEnd again = t.run();
  EXPECT_TRUE(again.done()) << again.message;
  EXPECT_EQ(again.execution.is_null(), std::string(GetParam().status) == "delivered") << "it was executed before";
  expectPaidOnce(t);
  EXPECT_EQ(t.statuses("order"), "pending pending confirmed");
  EXPECT_EQ(t.road.passed[0], "GET /api/v1/market/orders/ord-1") << "no list is read";
  EXPECT_TRUE(t.run().done()) << "what comes next is another purchase";
  EXPECT_EQ(t.market.orders.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Purchase, BrokenOff, testing::ValuesIn(kStages),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(PurchaseEarlier, AnOrderThatIsBeingExecutedIsLeftAloneAndStaysKnown) {
  PurchaseTest t;
  breakOff(t, "/execute", Mishap::ResetBefore);
  t.market.orders[0].shown["status"] = "executing";
  const PurchaseEnd end = t.run();
  EXPECT_TRUE(end.done());
  EXPECT_EQ(end.order, "executing");
  EXPECT_EQ(t.market.executions(), 0U);
  EXPECT_EQ(t.statuses("order"), "pending pending") << "a later run looks again";
}

TEST(PurchaseEarlier, AnOrderThatHasEndedOtherwiseIsSaidAndForgotten) {
  for (const char* status : {"cancelled", "failed", "disputed"}) {
    SCOPED_TRACE(status);
    PurchaseTest t;
    breakOff(t, "/payment-intent", Mishap::ResetBefore);
    t.market.orders[0].shown["status"] = status;
    const PurchaseEnd end = t.run();
    EXPECT_EQ(end.code, "ORDER_ENDED");
    EXPECT_NE(end.message.find(std::string("has ended as ") + status), std::string::npos) << end.message;
    EXPECT_EQ(t.statuses("order"), "pending pending failed");
    EXPECT_EQ(t.payments(), 0);
    EXPECT_TRUE(t.run().done());
    EXPECT_EQ(t.market.orders.size(), 2U);
  }
}

TEST(PurchaseEarlier, AnOrderThatTheMarketDoesNotKnowAnyMoreIsSaidAndForgotten) {
  PurchaseTest t;
  breakOff(t, "/payment-intent", Mishap::ResetBefore);
  t.market.orders.clear();
  const PurchaseEnd end = t.run();
  EXPECT_EQ(end.code, "ORDER_ENDED");
  EXPECT_NE(end.message.find("nothing was ordered"), std::string::npos) << end.message;
  EXPECT_TRUE(t.market.orders.empty());
  EXPECT_TRUE(t.run().done());
  expectPaidOnce(t);
}

TEST(PurchaseEarlier, AnUnreadableAnswerAboutItIsNoReasonToOrderAnew) {
  PurchaseTest t;
  breakOff(t, "/payment-intent", Mishap::ResetBefore);
  for (const Mishap mishap : kMishaps) {
    SCOPED_TRACE(name(mishap));
    t.road.spoil({.mishap = mishap, .method = "GET", .path = "/ord-1"});
    EXPECT_EQ(t.run().kind, ErrorKind::Network);
    EXPECT_EQ(t.market.orders.size(), 1U);
  }
  EXPECT_TRUE(t.run().done());
  expectPaidOnce(t);
}

TEST(PurchaseEarlier, AnEqualRunThatEndedWhileThisOneWaitedIsThisOne) {
  PurchaseTest t;
  Buyer waiting(t.world, t.chain, t.market);
  PurchaseTools tools = waiting.tools(&t.wallet);  // asked for now; then it waits for the one beside it
  EXPECT_TRUE(t.run().done());
  const auto result = waiting.host.run(purchase(PurchaseTest::request(), std::move(tools)));
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(textOrEmpty(result->order, "status"), "delivered");
  expectPaidOnce(t);
}

// --- A transfer of an earlier run

TEST(PurchaseEarlier, ATransferThatNeverLeftIsSentByTheNextRun) {
  PurchaseTest t;
  t.chain.weather.add(weather::lostBeforeWork()).on("eth_sendRawTransaction").always();
  const PurchaseEnd end = t.run();
  EXPECT_EQ(end.sent, Sent::Maybe) << end.message;
  EXPECT_EQ(end.hashes.size(), 1U);
  EXPECT_EQ(t.payments(), 0);
  t.chain.weather.clear();
  EXPECT_TRUE(t.run().done());
  expectPaidOnce(t);
  EXPECT_EQ(t.market.orders[0].paidBy, end.hashes) << "the same bytes";
}

TEST(PurchaseEarlier, AReplacedTransferIsPaidAnewOnlyByTheRunAfter) {
  PurchaseTest t;
  t.chain.weather.add(weather::lostBeforeWork()).on("eth_sendRawTransaction").always();
  t.run();
  t.chain.weather.clear();
  t.chain.truth.usurp(t.wallet.address(), 0);
  t.chain.truth.settle();
  const PurchaseEnd end = t.run();
  EXPECT_EQ(end.code, "TX_REPLACED");
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_NE(end.message.find("Run the command again to pay the order"), std::string::npos) << end.message;
  EXPECT_EQ(t.payments(), 0);
  EXPECT_EQ(t.statuses("order_payment"), "pending failed");
  EXPECT_TRUE(t.run().done());
  expectPaidOnce(t);
}

TEST(PurchaseEarlier, APersonIsAskedAnewForWhatWasReplaced) {
  PurchaseTest t;
  t.chain.weather.add(weather::lostBeforeWork()).on("eth_sendRawTransaction").always();
  t.runAnswering({{"confirm_order", {"y"}}}, &t.wallet);
  t.chain.weather.clear();
  t.chain.truth.usurp(t.wallet.address(), 0);
  t.chain.truth.settle();
  EXPECT_TRUE(t.runAnswering({{"confirm_order", {"y", "n"}}}, &t.wallet).declined);
  EXPECT_EQ(t.questions.size(), 2U) << "the second is about another transfer";
  EXPECT_EQ(t.payments(), 0);
  EXPECT_TRUE(t.runAnswering({{"confirm_order", {"y"}}}, &t.wallet).done());
  expectPaidOnce(t);
}

TEST(PurchaseEarlier, ATransferThatRevertedOnTheChainIsPaidAnewByTheNextRun) {
  PurchaseTest t;
  t.chain.weather.add(weather::run([&] { t.token.paused = true; })).on("eth_sendRawTransaction");
  const PurchaseEnd end = t.run();
  EXPECT_EQ(end.code, "TX_REVERTED");
  EXPECT_EQ(end.sent, Sent::Yes);
  EXPECT_EQ(t.statuses("order_payment"), "pending failed");
  t.token.paused = false;
  EXPECT_TRUE(t.run().done());
  expectPaidOnce(t);
}

TEST(PurchaseEarlier, AMinedTransferIsProvenWithoutTheWallet) {
  PurchaseTest t;
  breakOff(t, "/payment-proof", Mishap::ResetBefore);
  EXPECT_TRUE(t.runWithoutWallet().done()) << "it only has to be proven";
  expectPaidOnce(t);
}

}  // namespace
}  // namespace peaqos::market
