// Purchases in calm weather: who pays, who is asked, and what each way of paying leaves behind.
// SPDX-License-Identifier: Apache-2.0
#include "market/purchase.hpp"

#include <gtest/gtest.h>

#include "market/purchase_fixture.hpp"

namespace peaqos::market {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

using Passed = std::vector<std::string>;
constexpr char kAllOrders[] = "POST /api/v1/market/orders";
constexpr char kFirst[] = "/api/v1/market/orders/ord-1";

// What the market was asked for, without the chain's node.
Passed askedOfTheMarket(const PurchaseTest& t) {
  Passed asked;
  for (const std::string& request : t.road.passed) {
    if (request.find("/market/") != std::string::npos) asked.push_back(request);
  }
  return asked;
}

void expectNothingPaid(PurchaseTest& t) {
  EXPECT_EQ(t.payments(), 0);
  EXPECT_EQ(t.market.proofs(), 0U);
  EXPECT_EQ(t.market.executions(), 0U);
  EXPECT_EQ(t.statuses("order_payment"), "");
}

// --- Without a payment

TEST(Purchase, AFreeOrderIsExecutedAtOnce) {
  PurchaseTest t;
  t.market.offer.rail = "not-required";
  const PurchaseEnd end = t.run();
  EXPECT_TRUE(end.done()) << end.message;
  EXPECT_EQ(end.order, "delivered");
  EXPECT_EQ(end.execution["outcome"]["status"], "completed");
  EXPECT_EQ(t.road.passed, (Passed{kAllOrders, std::string("POST ") + kFirst + "/execute"}));
  EXPECT_EQ(t.statuses("order"), "pending pending confirmed") << "asked for, known by its ID, done";
}

TEST(Purchase, WhatIsPaidElsewhereNeedsNoPayment) {
  PurchaseTest t;
  t.market.offer.rail = "external";
  EXPECT_TRUE(t.runWithoutWallet().done());
  EXPECT_EQ(askedOfTheMarket(t), (Passed{kAllOrders, std::string("GET ") + kFirst + "/payment",
                                         std::string("POST ") + kFirst + "/execute"}));
}

TEST(Purchase, AFreeOrderThatIsDeclinedStaysOpenAndIsTakenUpByTheNextRun) {
  PurchaseTest t;
  t.market.offer.rail = "not-required";
  EXPECT_TRUE(t.runAnswering({{"confirm_order", {"n"}}}, nullptr).declined);
  EXPECT_EQ(t.market.executions(), 0U);
  EXPECT_EQ(t.statuses("order"), "pending pending");
  EXPECT_TRUE(t.runAnswering({{"confirm_order", {"y"}}}, nullptr).done());
  EXPECT_EQ(t.market.orders.size(), 1U);
  EXPECT_EQ(t.market.executions(), 1U);
}

TEST(Purchase, TheInputIsWhatTheServiceWorksOn) {
  PurchaseTest t;
  t.market.offer.rail = "not-required";
  PurchaseRequest request = PurchaseTest::request();
  request.input = Json{{"symbol", "EUR/USD"}};
  request.operation = "get-price";
  request.searchId = "sea-1";
  request.quoteId = "quo-1";
  request.credentials = Json{{"aethir", {{"accessKey", "a-secret-of-a-provider"}}}};
  EXPECT_TRUE(t.run(request).done());
  EXPECT_EQ(t.market.orders[0].executed, std::vector<Json>{request.input});
  const Json& body = t.market.created[0];
  EXPECT_EQ(body["operation"], "get-price");
  EXPECT_EQ(body["searchId"], "sea-1");
  EXPECT_EQ(body["quoteId"], "quo-1");
  EXPECT_EQ(body["providerCredentials"], request.credentials);
  const ledger::Row row = t.rows("order").back();
  EXPECT_EQ(textOrEmpty(row.facts, "quote_id"), "quo-1");
  EXPECT_EQ(textOrEmpty(row.facts, "input_hash").size(), 66U) << "the ledger knows the input by its hash alone";
  EXPECT_EQ(dumpJson(row.facts).find("secret"), std::string::npos);
}

// --- By the wallet

TEST(Purchase, TheWalletPaysExactlyTheTermsAndProvesIt) {
  PurchaseTest t;
  const PurchaseEnd end = t.run();
  EXPECT_TRUE(end.done()) << end.message;
  expectOneOrder(t);
  const auto sent = t.chain.truth.transactionsOf(t.wallet.address());
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].transaction.content.to, kToken);
  EXPECT_EQ(sent[0].transaction.content.data, Token::transfer(kPayee, tokens(5)));
  const std::string hash = toHex0x(sent[0].transaction.hash);
  EXPECT_EQ(t.market.orders[0].paidBy, std::vector<std::string>{hash});
  EXPECT_EQ(t.market.orders[0].payment["rail"]["metadata"]["proof"],
            (Json{{"verificationMode", "recorded"},
                  {"chain", "eip155:3338"},
                  {"token", "USDT"},
                  {"payerAddress", t.market.offer.payer},
                  {"payeeAddress", t.market.offer.payee},
                  {"amount", "5"},
                  {"transactionHash", hash},
                  {"tokenAddress", t.market.offer.tokenAddress},
                  {"tokenDecimals", 6},
                  {"rawAmount", "5000000"}}));
  EXPECT_EQ(t.statuses("order"), "pending pending confirmed");
  EXPECT_EQ(t.statuses("order_payment"), "pending confirmed");
  EXPECT_EQ(textOrEmpty(t.rows("order_payment").back().facts, "tx_hash"), hash);
}

TEST(Purchase, InCalmWeatherItTakesTheseRequests) {
  PurchaseTest t({.blockTime = seconds(0), .instant = true});
  EXPECT_TRUE(t.run().done());
  const std::string order = kFirst;
  EXPECT_EQ(t.road.passed, (Passed{kAllOrders, "GET " + order + "/payment", "POST " + order + "/payment-intent",
                                   "POST /",  // which chain the node serves
                                   "POST /",  // balance and decimals of the token
                                   "POST /",  // nonce, fees and simulation of the transfer
                                   "POST /",  // its broadcast
                                   "POST /",  // its receipt
                                   "POST " + order + "/payment-proof", "POST " + order + "/execute"}));
}

TEST(Purchase, AnEscrowIsPaidInsteadOfThePayeeAndLocked) {
  PurchaseTest t;
  const evm::Address escrow = *evm::parseAddress("0x00000000000000000000000000000000000000e5");
  t.market.offer.rail = "onchain-escrow";
  t.market.offer.escrow = evm::toChecksum(escrow);
  EXPECT_TRUE(t.run().done());
  expectOneOrder(t);
  EXPECT_EQ(t.chain.truth.transactionsOf(t.wallet.address())[0].transaction.content.data,
            Token::transfer(escrow, tokens(5)));
  EXPECT_EQ(askedOfTheMarket(t)[3], std::string("POST ") + kFirst + "/payment/escrow-lock");
}

TEST(Purchase, EqualPurchasesInTurnAreTwoOrdersAndTwoTransfers) {
  PurchaseTest t;
  EXPECT_TRUE(t.run().done());
  EXPECT_TRUE(t.run().done());
  EXPECT_EQ(t.market.orders.size(), 2U);
  EXPECT_EQ(t.payments(), 2);
  EXPECT_NE(t.market.orders[0].paidBy, t.market.orders[1].paidBy);
  EXPECT_EQ(t.market.executions(), 2U);
}

TEST(Purchase, APersonSeesTheExactTransferBeforeAgreeing) {
  PurchaseTest t;
  t.market.offer.amount = exactNumber("0.25");
  EXPECT_TRUE(t.runAnswering({{"confirm_order", {"yes"}}}, &t.wallet).done());
  ASSERT_EQ(t.questions.size(), 1U) << "nobody is asked twice";
  const Json& due = t.questions[0].facts["payment"];
  EXPECT_EQ(due["by"], "wallet");
  EXPECT_EQ(due["exact"], "0.25");
  EXPECT_EQ(due["balance"], "1000");
  EXPECT_EQ(due["balance_after"], "999.75");
  EXPECT_EQ(due["recipient"], evm::toChecksum(kPayee));
}

TEST(Purchase, WhoDeclinesPaysNothingAndTheOrderStaysOpen) {
  PurchaseTest t;
  EXPECT_TRUE(t.runAnswering({{"confirm_order", {"no"}}}, &t.wallet).declined);
  expectNothingPaid(t);
  EXPECT_TRUE(t.run().done()) << "the next run takes it up";
  expectOneOrder(t);
}

TEST(Purchase, WhoIsNotThereToAnswerPaysNothing) {
  PurchaseTest t;
  const PurchaseEnd end = t.runAnswering({}, &t.wallet);
  EXPECT_EQ(end.code, "NO_ANSWER");
  EXPECT_EQ(end.kind, ErrorKind::Input);
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_NE(end.message.find("order ord-1 stays open"), std::string::npos) << end.message;
  expectNothingPaid(t);
}

// --- By a transaction that somebody else made

GivenPayment given(std::string transaction) {
  return {.transaction = std::move(transaction), .chain = "peaq", .token = "USDT"};
}

PurchaseRequest payingWith(std::string transaction) {
  PurchaseRequest request = PurchaseTest::request();
  request.given = given(std::move(transaction));
  return request;
}

TEST(Purchase, AGivenTransactionPaysInsteadOfTheWallet) {
  PurchaseTest t;
  const std::string hash = t.payElsewhere(tokens(5));
  EXPECT_TRUE(t.run(payingWith(hash)).done());
  EXPECT_EQ(t.payments(), 0);
  expectOneOrder(t);
  EXPECT_EQ(t.market.orders[0].paidBy, std::vector<std::string>{hash});
  EXPECT_EQ(t.market.orders[0].payment["rail"]["metadata"]["proof"]["chain"], "eip155:3338") << "the alias's chain";
  EXPECT_EQ(t.market.orders[0].payment["rail"]["metadata"]["proof"]["rawAmount"], "5000000");
  EXPECT_EQ(t.statuses("order_payment"), "pending confirmed");
}

TEST(Purchase, ATransactionThatDoesNotPayLeavesRoomForAnother) {
  PurchaseTest t;
  const PurchaseEnd end = t.run(payingWith(t.payElsewhere(tokens(4))));
  EXPECT_EQ(end.code, "PAYMENT_TRANSFER_NOT_FOUND");
  EXPECT_EQ(end.kind, ErrorKind::Network);
  EXPECT_NE(end.message.find("order 'ord-1' was created but payment proof failed"), std::string::npos) << end.message;
  EXPECT_EQ(t.statuses("order_payment"), "pending failed");
  EXPECT_TRUE(t.run().done()) << "the wallet may pay it";
  EXPECT_EQ(t.payments(), 1);
  expectOneOrder(t);
}

TEST(Purchase, ATransactionThatIsNotMinedYetIsReportedByTheNextRun) {
  PurchaseTest t;
  t.market.refuses["POST /payment-proof"] = {409, "PAYMENT_NOT_MINED"};
  const std::string hash = t.payElsewhere(tokens(5));
  EXPECT_EQ(t.run(payingWith(hash)).code, "PAYMENT_NOT_MINED");
  EXPECT_EQ(t.statuses("order_payment"), "pending");
  t.market.refuses.clear();
  EXPECT_TRUE(t.run().done()) << "the ledger knows the transaction, so that the wallet does not pay again";
  EXPECT_EQ(t.payments(), 0);
  EXPECT_EQ(t.market.orders[0].paidBy, std::vector<std::string>{hash});
}

TEST(Purchase, ATransactionIsGivenForARecordThatIsThere) {
  PurchaseTest t;
  PurchaseRequest request = payingWith(t.payElsewhere(tokens(5)));
  request.withoutIntent = true;
  const PurchaseEnd end = t.run(request);
  EXPECT_EQ(end.code, "NOT_FOUND") << "there is none yet";
  EXPECT_NE(end.message.find("no payment record yet"), std::string::npos) << end.message;
  request.withoutIntent = false;
  EXPECT_TRUE(t.run(request).done());
  expectOneOrder(t);
}

TEST(Purchase, APersonNamesTheTransactionThatPaid) {
  PurchaseTest t;
  const std::string hash = t.payElsewhere(tokens(5));
  const PurchaseEnd end = t.runAnswering({{"confirm_order", {"y"}}, {"payment_hash", {"", hash}}}, nullptr);
  EXPECT_TRUE(end.done()) << end.message;
  EXPECT_EQ(t.questions.size(), 3U) << "an empty answer is asked for again";
  EXPECT_EQ(t.questions.back().facts, (Json{{"order_id", "ord-1"}, {"chain", "eip155:3338"}}));
  EXPECT_EQ(t.market.orders[0].paidBy, std::vector<std::string>{hash});
}

TEST(Purchase, WhoHasNoHashYetMayComeBackWithOne) {
  PurchaseTest t;
  EXPECT_EQ(t.runAnswering({{"confirm_order", {"y"}}}, nullptr).code, "NO_ANSWER");
  const std::string hash = t.payElsewhere(tokens(5));
  EXPECT_TRUE(t.run(payingWith(hash)).done());
  expectOneOrder(t);
}

// --- What cannot be paid

struct BadTerms {
  const char* name;
  void (*spoil)(PurchaseTest&);
  const char* code;
  const char* words;
};

const BadTerms kBadTerms[] = {
    {"no chain", [](PurchaseTest& t) { t.market.offer.chain = nullptr; }, "BAD_PAYMENT", "names no chain"},
    {"no token", [](PurchaseTest& t) { t.market.offer.tokenAddress = nullptr; }, "BAD_PAYMENT", "no token contract"},
    {"no payee", [](PurchaseTest& t) { t.market.offer.payee = nullptr; }, "BAD_PAYMENT", "names no payee"},
    {"no address", [](PurchaseTest& t) { t.market.offer.payee = "Alice"; }, "BAD_PAYMENT", "is no address: 'Alice'"},
    {"no amount", [](PurchaseTest& t) { t.market.offer.amount = nullptr; }, "BAD_PAYMENT", "names no amount"},
    {"a negative amount", [](PurchaseTest& t) { t.market.offer.amount = -5; }, "BAD_PAYMENT", "is no amount: '-5'"},
    {"bad units", [](PurchaseTest& t) { t.market.offer.metadata["rawAmount"] = "five"; }, "BAD_PAYMENT", "rawAmount"},
    {"bad decimals", [](PurchaseTest& t) { t.market.offer.metadata["decimals"] = 78; }, "BAD_PAYMENT", "decimals"},
    {"an account as token", [](PurchaseTest& t) { t.market.offer.tokenAddress = t.market.offer.payee; }, "BAD_PAYMENT",
     "is no ERC-20 token"},
    {"another payer", [](PurchaseTest& t) { t.market.offer.payer = evm::toChecksum(kPayee); }, "WRONG_PAYER",
     "is to be paid by"},
    {"too few tokens", [](PurchaseTest& t) { t.market.offer.amount = 1001; }, "INSUFFICIENT_TOKENS", "needs 1001"},
    {"no coin for gas", [](PurchaseTest& t) { t.chain.truth.setBalance(t.wallet.address(), 1); }, "INSUFFICIENT_FUNDS",
     "PEAQ"},
    {"a chain without nodes", [](PurchaseTest& t) { t.market.offer.chain = "eip155:77"; }, "NO_PAYMENT_NODE",
     "serves chain 3338"},
    {"a paused token", [](PurchaseTest& t) { t.token.paused = true; }, "TX_REVERTED", "paused"},
    {"another kind of chain", [](PurchaseTest& t) { t.market.offer.chain = "solana:mainnet"; }, "PAYMENT_HASH_REQUIRED",
     "cannot pay on solana"},
};

class Unpayable : public testing::TestWithParam<BadTerms> {};

TEST_P(Unpayable, IsSaidBeforeAnythingLeaves) {
  PurchaseTest t;
  GetParam().spoil(t);
  const PurchaseEnd end = t.run();
  EXPECT_EQ(end.code, GetParam().code) << end.message;
  EXPECT_EQ(end.kind, ErrorKind::Network);
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_NE(end.message.find(GetParam().words), std::string::npos) << end.message;
  EXPECT_NE(end.message.find("order 'ord-1' was created but payment transfer failed"), std::string::npos);
  EXPECT_NE(end.message.find("Check: peaqos scale order status ord-1"), std::string::npos) << "how to go on";
  expectNothingPaid(t);
}

INSTANTIATE_TEST_SUITE_P(Purchase, Unpayable, testing::ValuesIn(kBadTerms), [](const auto& info) {
  std::string name = info.param.name;
  std::erase(name, ' ');
  return name;
});

TEST(Purchase, UnattendedWithoutAWalletNothingIsEvenPromised) {
  PurchaseTest t;
  const PurchaseEnd end = t.runWithoutWallet();
  EXPECT_EQ(end.code, "PAYMENT_HASH_REQUIRED");
  EXPECT_NE(end.message.find("--payment-tx-hash"), std::string::npos);
  EXPECT_TRUE(t.market.orders[0].payment.is_null()) << "no intent was made";
  expectNothingPaid(t);
  EXPECT_TRUE(t.run().done()) << "once there is a wallet";
  expectOneOrder(t);
}

TEST(Purchase, MoneyThatComesLaterPaysTheSameOrder) {
  PurchaseTest t;
  t.token.given[t.wallet.address()] = tokens(4);
  EXPECT_EQ(t.run().code, "INSUFFICIENT_TOKENS");
  t.token.given[t.wallet.address()] = tokens(5);
  EXPECT_TRUE(t.run().done());
  expectOneOrder(t);
  EXPECT_EQ(t.payments(), 1);
}

// --- What the market refuses

TEST(Purchase, ARefusedOrderIsNotLookedFor) {
  PurchaseTest t;
  t.market.refuses["POST /orders"] = {403, "AGENT_POLICY_DENIED"};
  const PurchaseEnd end = t.run();
  EXPECT_EQ(end.code, "AGENT_POLICY_DENIED");
  EXPECT_EQ(t.statuses("order"), "pending failed");
  t.market.refuses.clear();
  t.road.passed.clear();
  EXPECT_TRUE(t.run().done());
  EXPECT_EQ(t.road.passed[0], kAllOrders) << "it is certain that there is none";
}

TEST(Purchase, AnOrderThatCanNeverBeExecutedIsForgottenUnlessItIsPaid) {
  for (const bool paid : {false, true}) {
    SCOPED_TRACE(paid ? "paid" : "free");
    PurchaseTest t;
    if (!paid) t.market.offer.rail = "not-required";
    t.market.refuses["POST /execute"] = {422, "EXECUTION_UNSUPPORTED"};
    const PurchaseEnd end = t.run();
    EXPECT_EQ(end.code, "EXECUTION_UNSUPPORTED");
    EXPECT_NE(end.message.find("but execute failed"), std::string::npos) << end.message;
    EXPECT_EQ(end.message.find("The funds are held") != std::string::npos, paid) << end.message;
    EXPECT_EQ(t.statuses("order"), paid ? "pending pending" : "pending pending failed");
    t.market.refuses.clear();
    EXPECT_TRUE(t.run().done());
    EXPECT_EQ(t.market.orders.size(), paid ? 1U : 2U);
    EXPECT_EQ(t.payments(), paid ? 1 : 0);
  }
}

TEST(Purchase, AnExpiredQuoteBeforeThePaymentFreesTheNextRun) {
  PurchaseTest t;
  t.market.refuses["POST /payment-intent"] = {410, "QUOTE_EXPIRED"};
  EXPECT_EQ(t.run().code, "QUOTE_EXPIRED");
  EXPECT_EQ(textOrEmpty(t.rows("order").back().facts, "reason"), "QUOTE_EXPIRED");
  t.market.refuses.clear();
  EXPECT_TRUE(t.run().done());
  EXPECT_EQ(t.market.orders.size(), 2U);
  EXPECT_EQ(t.payments(), 1);
}

TEST(Purchase, APaidProofThatIsRefusedIsNotPaidAgain) {
  PurchaseTest t;
  t.market.refuses["POST /payment-proof"] = {422, "PAYMENT_TRANSFER_NOT_FOUND"};
  const PurchaseEnd end = t.run();
  EXPECT_EQ(end.code, "PAYMENT_TRANSFER_NOT_FOUND");
  EXPECT_EQ(end.sent, Sent::Yes);
  EXPECT_EQ(end.hashes.size(), 1U);
  EXPECT_EQ(t.run().code, "PAYMENT_TRANSFER_NOT_FOUND");
  EXPECT_EQ(t.payments(), 1) << "what the wallet sent is proven again, never paid again";
  t.market.refuses.clear();
  EXPECT_TRUE(t.run().done());
  expectOneOrder(t);
}

}  // namespace
}  // namespace peaqos::market
