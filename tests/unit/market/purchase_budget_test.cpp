// The ceiling that a budget puts on a purchase, for people and where nobody can be asked.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "market/purchase_fixture.hpp"

namespace peaqos::market {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

struct BudgetCase {
  const char* name;
  const char* budget;    // JSON
  const char* amount;    // of the payment, in USDT; JSON
  const char* metadata;  // of its rail; JSON
  const char* problem;   // in the message; empty: it is paid
};

const BudgetCase kBudgets[] = {
    {"Above", R"({"amount":6,"currency":"USDT"})", "5", "{}", ""},
    {"Equal", R"({"amount":5.000000,"currency":"USDT"})", "5", "{}", ""},
    {"Below", R"({"amount":4.999999,"currency":"USDT"})", "5", "{}",
     "the payment of 5 USDT is above the budget of 4.999999 USDT"},
    {"AHairBelow", R"({"amount":0.3,"currency":"USDT"})", "0.300000000000000001", "{}", "is above the budget of 0.3"},
    {"Zero", R"({"amount":0})", "5", "{}", "above the budget of 0"},
    {"OtherCurrency", R"({"amount":1000,"currency":"EUR"})", "5", "{}",
     "the payment is in USDT, and the budget in EUR"},
    {"WithoutCurrency", R"({"amount":4})", "5", "{}", "above the budget of 4"},
    {"WithoutCurrencyEnough", R"({"amount":5})", "5", "{}", ""},
    {"WithoutAmount", R"({"currency":"EUR"})", "5", "{}", ""},
    {"Exponent", R"({"amount":5e0})", "5", "{}", ""},
    // The contract's units decide what is really sent, whatever the amount says.
    {"MoreUnitsThanSaid", R"({"amount":5,"currency":"USDT"})", "5", R"({"rawAmount":"50000000"})",
     "the transfer of 50 USDT is above the budget of 5 USDT"},
    {"UnitsEqual", R"({"amount":5,"currency":"USDT"})", "5", R"({"rawAmount":"5000000"})", ""},
};

class Budget : public testing::TestWithParam<BudgetCase> {
 protected:
  Budget() {
    t.market.offer.amount = parseJson(GetParam().amount).value();
    t.market.offer.metadata = parseJson(GetParam().metadata).value();
    t.market.checksPayments = false;
    unattended.budget = asking.budget = parseJson(GetParam().budget).value();
  }
  bool fits() const { return GetParam().problem[0] == '\0'; }

  PurchaseTest t;
  PurchaseRequest unattended = PurchaseTest::request(), asking = PurchaseTest::asking();
};

TEST_P(Budget, UnattendedNothingIsPaidBeyondIt) {
  const PurchaseEnd end = t.run(unattended);
  if (fits()) {
    EXPECT_TRUE(end.done()) << end.message;
  } else {
    EXPECT_EQ(end.code, "BUDGET_EXCEEDED");
    EXPECT_EQ(end.kind, ErrorKind::Input);
    EXPECT_NE(end.message.find(GetParam().problem), std::string::npos) << end.message;
    EXPECT_NE(end.message.find("Nothing was paid"), std::string::npos) << end.message;
  }
  EXPECT_EQ(t.payments(), fits() ? 1 : 0);
  EXPECT_EQ(t.market.executions(), fits() ? 1U : 0U);
}

TEST_P(Budget, APersonMayGoBeyondItKnowingly) {
  const PurchaseEnd end = t.runAnswering({{"confirm_budget", {"y"}}, {"confirm_order", {"y"}}}, &t.wallet, asking);
  EXPECT_TRUE(end.done()) << end.message;
  EXPECT_EQ(t.payments(), 1);
  EXPECT_EQ(t.questions.size(), fits() ? 1U : 2U);
  if (fits()) return;
  EXPECT_EQ(t.questions[0].name, "confirm_budget");
  EXPECT_TRUE(t.questions[0].personOnly) << "a script's line is no answer";
  EXPECT_NE(textOrEmpty(t.questions[0].facts, "problem").find(GetParam().problem), std::string::npos);
}

TEST_P(Budget, APersonWhoDoesNotPaysNothing) {
  const PurchaseEnd end = t.runAnswering({{"confirm_budget", {"n"}}, {"confirm_order", {"y"}}}, &t.wallet, asking);
  EXPECT_EQ(end.declined, !fits());
  EXPECT_EQ(t.payments(), fits() ? 1 : 0);
}

INSTANTIATE_TEST_SUITE_P(Purchase, Budget, testing::ValuesIn(kBudgets),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(PurchaseBudget, AHigherOneAfterwardsIsAnotherPurchase) {
  PurchaseTest t;
  PurchaseRequest request = PurchaseTest::request();
  request.budget = Json{{"amount", 1}};
  EXPECT_EQ(t.run(request).code, "BUDGET_EXCEEDED");
  request.budget = Json{{"amount", 5}};
  EXPECT_TRUE(t.run(request).done());
  EXPECT_EQ(t.market.orders.size(), 2U) << "the market was told of another budget";
  EXPECT_EQ(t.payments(), 1);
}

TEST(PurchaseBudget, DoesNotHoldBackATransactionThatHasPaidAlready) {
  PurchaseTest t;
  PurchaseRequest request = PurchaseTest::request();
  request.budget = Json{{"amount", 1}};
  request.given = GivenPayment{.transaction = t.payElsewhere(tokens(5)), .chain = "peaq", .token = "USDT"};
  EXPECT_TRUE(t.run(request).done());
}

TEST(PurchaseBudget, HoldsForWhoPaysByHandAsWell) {
  PurchaseTest t;
  PurchaseRequest request = PurchaseTest::asking();
  request.budget = Json{{"amount", 1}};
  EXPECT_TRUE(t.runAnswering({{"confirm_budget", {"n"}}}, nullptr, request).declined);
  ASSERT_EQ(t.questions.size(), 1U);
  EXPECT_EQ(t.questions[0].facts["payment"]["amount"], 5);
}

TEST(PurchaseBudget, WithoutAPersonTheQuestionLeavesTheOrderOpen) {
  PurchaseTest t;
  PurchaseRequest request = PurchaseTest::asking();
  request.budget = Json{{"amount", 1}};
  const PurchaseEnd end = t.runAnswering({}, &t.wallet, request);
  EXPECT_EQ(end.code, "NO_ANSWER");
  EXPECT_NE(end.message.find("Raise the budget; order ord-1 stays open"), std::string::npos) << end.message;
  EXPECT_EQ(t.payments(), 0);
}

}  // namespace
}  // namespace peaqos::market
