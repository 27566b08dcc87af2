// Activations that start without money: 2FA, one transfer for each wallet, and what a run that was broken off resumes.
// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation_fixture.hpp"
#include "peaq/gas_station_server.hpp"

namespace peaqos::peaq {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace): the words of the test world

// An operator without a coin, in proxy mode with a machine that has none either.
struct PoorTest : ActivationTest {
  explicit PoorTest(bool asProxy = false)
      : ActivationTest(asProxy, {.blockTime = seconds(0), .instant = true}), gasStation(chain.truth) {
    road.lead(gasStation.url, gasStation);
    for (const auto* signer : {&operatorKey, &machineKey}) chain.truth.setBalance(signer->address(), 0);
  }

  // A person at the terminal, with these codes.
  ActivationEnd runWith(std::deque<std::string> codes) {
    Operator by(world, chain, ++seed_);
    by.host.conversation.answers["totp"] = std::move(codes);
    ActivationEnd end = run(by);
    events = by.host.conversation.events;
    return end;
  }
  ActivationEnd runWithCode() { return runWith({gasStation.rightCode, gasStation.rightCode}); }

  std::size_t said(std::string_view name, std::string_view state) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        events, [&](const host::Progress& event) { return event.name == name && event.state == state; }));
  }

  GasStationServer gasStation;
  std::vector<host::Progress> events;  // of the last run

 private:
  std::uint64_t seed_ = 100;
};

class Funded : public testing::TestWithParam<bool> {};  // in proxy mode
INSTANTIATE_TEST_SUITE_P(Mode, Funded, testing::Bool(),
                         [](const auto& info) { return std::string(info.param ? "Proxy" : "Self"); });

TEST_P(Funded, EachPoorWalletIsPaidOnceBehindOneEnrolment) {
  PoorTest t(GetParam());
  const ActivationEnd end = t.runWithCode();
  ASSERT_TRUE(end.result) << end.code << ": " << end.message;
  t.expectActivatedOnce();
  EXPECT_EQ(t.gasStation.paymentsTo(t.operatorKey.address()), 1U);
  EXPECT_EQ(t.gasStation.paymentsTo(t.machineKey.address()), t.proxy ? 1U : 0U);
  EXPECT_EQ(t.said("two_factor", "confirmed"), 1U);
  EXPECT_EQ(t.said("fund", "confirmed"), t.proxy ? 2U : 1U);
}

TEST_P(Funded, WhoHasMoneyIsNotAskedForACode) {
  PoorTest t(GetParam());
  for (const auto* signer : {&t.operatorKey, &t.machineKey}) t.chain.truth.setBalance(signer->address(), coins(5));
  ASSERT_TRUE(t.runWith({}).result);
  EXPECT_EQ(t.said("two_factor", "omitted"), 1U);
  EXPECT_TRUE(t.gasStation.requestIds.empty());
}

TEST(Funding, AnEnrolledOperatorTypesACodeAndScansNothing) {
  PoorTest t;
  t.gasStation.enrolled = true;
  ASSERT_TRUE(t.runWith({t.gasStation.rightCode}).result);
  EXPECT_EQ(t.said("two_factor", "skipped"), 1U);
  EXPECT_EQ(t.said("two_factor", "note"), 0U);
}

TEST(Funding, AWrongCodeIsAskedForAgainThreeTimesAtMost) {
  PoorTest t;
  ASSERT_TRUE(t.runWith({"000000", "111111", t.gasStation.rightCode}).result);
  EXPECT_EQ(t.said("answer", "refused"), 2U);
  PoorTest locked;
  const ActivationEnd end = locked.runWith({"000000", "111111", "222222", locked.gasStation.rightCode});
  EXPECT_EQ(end.code, "INVALID_2FA");
  EXPECT_EQ(end.sent, Sent::Nothing);
  EXPECT_TRUE(locked.gasStation.paid.empty());
}

TEST(Funding, NobodyToAskIsSaidBeforeAnythingIsPaid) {
  PoorTest t;
  const ActivationEnd end = t.runWith({});
  EXPECT_EQ(end.code, "NO_ANSWER") << end.message;
  EXPECT_TRUE(t.gasStation.paid.empty());
  EXPECT_EQ(t.statuses("fund"), "");
}

TEST(Funding, ARequestUnderWayIsAskedForAgainWithItsId) {
  PoorTest t;
  t.gasStation.underWay = 3;
  ASSERT_TRUE(t.runWithCode().result);
  EXPECT_EQ(t.gasStation.requestIds.size(), 4U);
  EXPECT_EQ(std::set<std::string>(t.gasStation.requestIds.begin(), t.gasStation.requestIds.end()).size(), 1U);
  EXPECT_EQ(t.said("fund", "waiting"), 1U);
}

TEST(Funding, ARequestThatStaysUnderWayIsResumedByTheNextRun) {
  PoorTest t;
  t.gasStation.underWay = 1000;
  const ActivationEnd end = t.runWithCode();
  EXPECT_EQ(end.code, "DUPLICATE_REQUEST");
  EXPECT_EQ(t.statuses("fund"), "pending");
  t.gasStation.underWay = 0;
  ASSERT_TRUE(t.runWithCode().result);
  EXPECT_EQ(std::set<std::string>(t.gasStation.requestIds.begin(), t.gasStation.requestIds.end()).size(), 1U);
  EXPECT_EQ(t.gasStation.paid.size(), 1U);
  EXPECT_EQ(t.statuses("fund"), "pending pending confirmed");
}

TEST(Funding, MoneyThatDoesNotArriveIsSaidWithTheWallet) {
  PoorTest t;
  t.gasStation.credits = false;
  const ActivationEnd end = t.runWithCode();
  EXPECT_EQ(end.code, "STILL_SHORT");
  EXPECT_NE(end.message.find(evm::toChecksum(t.operatorKey.address())), std::string::npos) << end.message;
  EXPECT_EQ(t.transactions(), 0U);
}

TEST(Funding, MoneyThatIsSpentIsAskedForUnderANewId) {
  PoorTest t;
  t.gasStation.gives = coins(1);  // the bond, and nothing for its gas
  const ActivationEnd first = t.runWithCode();
  EXPECT_EQ(first.code, "INSUFFICIENT_FUNDS") << first.message;
  t.chain.truth.setBalance(t.operatorKey.address(), 0);
  t.gasStation.gives = coins(2);
  ASSERT_TRUE(t.runWithCode().result);
  EXPECT_EQ(t.gasStation.paid.size(), 2U);
  EXPECT_EQ(t.said("fund", "note"), 1U) << "the earlier request is named";
}

struct RefusedFunding {
  const char* code;
  ErrorKind kind;
  const char* words;
};

constexpr RefusedFunding kRefusedFundings[] = {
    {"2FA_LOCKED", ErrorKind::Network, "locked after too many wrong codes"},
    {"2FA_NOT_CONFIGURED", ErrorKind::Network, "not set up"},
    {"RATE_LIMITED", ErrorKind::Input, "no more requests"},
    {"CAP_EXCEEDED_OWNER", ErrorKind::Input, "all that the Gas Station gives to one operator"},
    {"CAP_EXCEEDED_WALLET", ErrorKind::Input, "all that the Gas Station gives to one wallet"},
    {"TRANSFER_FAILED", ErrorKind::Network, "could not make the transfer"},
    {"SOMETHING_NEW", ErrorKind::Network, "refused with SOMETHING_NEW"},
};

TEST(Funding, ARefusalIsExplainedAndClosesItsRequest) {
  for (const RefusedFunding& refused : kRefusedFundings) {
    SCOPED_TRACE(refused.code);
    PoorTest t;
    t.gasStation.refuses = refused.code;
    const ActivationEnd end = t.runWithCode();
    EXPECT_EQ(end.code, refused.code);
    EXPECT_EQ(end.kind, refused.kind);
    EXPECT_NE(end.message.find(refused.words), std::string::npos) << end.message;
    EXPECT_EQ(t.statuses("fund"), "pending failed");
    t.gasStation.refuses.clear();
    ASSERT_TRUE(t.runWithCode().result);
    EXPECT_NE(t.gasStation.requestIds.front(), t.gasStation.requestIds.back()) << "a refused request is not repeated";
  }
}

TEST_P(Funded, AFaultAtAnyRequestNeverPaysAWalletTwice) {
  for (const Mishap mishap : kMishaps) {
    for (const char* path : {"/2fa/setup", "/2fa/confirm", "/faucet/fund"}) {
      SCOPED_TRACE(std::string(name(mishap)) + " at " + path);
      PoorTest t(GetParam());
      t.road.spoil({.mishap = mishap, .path = path, .times = 1000});
      const ActivationEnd end = t.runWithCode();
      EXPECT_EQ(end.kind, ErrorKind::Network) << end.code;
      EXPECT_EQ(t.transactions(), 0U);
      t.road.clear();
      const ActivationEnd again = t.runWithCode();
      ASSERT_TRUE(again.result) << again.code << ": " << again.message;
      t.expectActivatedOnce();
      for (const auto* signer : {&t.operatorKey, &t.machineKey})
        EXPECT_LE(t.gasStation.paymentsTo(signer->address()), 1U);
    }
  }
}

TEST(Funding, KilledAtAnyStepItIsPaidOnce) {
  for (std::size_t step = 1;; ++step) {
    SCOPED_TRACE("step " + std::to_string(step));
    PoorTest t;
    bool killed = false;
    {
      Operator by(t.world, t.chain, step);
      by.host.conversation.answers["totp"] = {t.gasStation.rightCode};
      by.host.life.dieAt(step, deathAt(step));
      killed = t.run(by).killed();
    }
    if (!killed) return;
    const ActivationEnd end = t.runWithCode();
    ASSERT_TRUE(end.result) << end.code << ": " << end.message;
    t.expectActivatedOnce();
    EXPECT_EQ(t.gasStation.paid.size(), 1U);
  }
}

}  // namespace
}  // namespace peaqos::peaq
