// Each rule of a policy at its boundary, and what its refusal says.
// SPDX-License-Identifier: Apache-2.0
#include "policy/judge.hpp"

#include <gtest/gtest.h>

#include "base/time.hpp"
#include "evm/abi.hpp"
#include "evm/units.hpp"
#include "peaq/batch.hpp"
#include "peaq/contracts.hpp"
#include "peaq/event.hpp"

namespace peaqos::policy {
namespace {

using evm::Address;
using evm::U256;

constexpr std::int64_t kMinuteOfTest = 60'000'000;
constexpr std::int64_t kNoon = 1'767'268'800'000'000;  // 2026-01-01T12:00:00Z, in microseconds

const Address kContract = *evm::parseAddress("0x00000000000000000000000000000000000000e1");
const Address kOther = *evm::parseAddress("0x00000000000000000000000000000000000000E2");
const Address kSender = *evm::parseAddress("0x00000000000000000000000000000000000000a1");
const Address kToken = *evm::parseAddress("0x00000000000000000000000000000000000000d1");

U256 peaq(const char* text) { return *evm::parseUnits(text, 18); }

evm::Proposal proposalOf(const Address& to, Bytes data, const U256& value = {}, const char* step = "register") {
  evm::Proposal out{.step = step, .machine = {}, .from = kSender, .transaction = {}};
  out.transaction.chainId = 3338;
  out.transaction.to = to;
  out.transaction.value = value;
  out.transaction.data = std::move(data);
  out.transaction.gasLimit = 100'000;
  out.transaction.maxFeePerGas = U256(1'000'000'000);  // a fee of 0.0001 coins
  return out;
}

evm::Proposal bond(const char* amount) { return proposalOf(kContract, peaq::registerCalldata(), peaq(amount)); }

evm::Proposal eventOf(std::uint64_t machine) {
  const Bytes data = peaq::submitEventCalldata({.machineId = machine});
  return proposalOf(kContract, data, {}, "submit_event");
}

evm::Proposal tokens(std::uint64_t units, const Address& recipient = kOther) {
  return proposalOf(kToken, evm::encodeCall("transfer(address,uint256)", {recipient, units}), {}, "payment");
}

struct Answer {
  bool allowed;
  std::string message, hint;
};

Answer ask(const std::string& members, const evm::Proposal& proposal, std::vector<Spent> spent = {},
           std::int64_t now = kNoon) {
  const Rules rules = parseRules(R"({"version": 1, )" + members + "}", "'p'");
  const auto refusal = Judge(rules, "/p", now, std::move(spent)).refusal(deedOf(rules, proposal));
  if (!refusal) return {.allowed = true, .message = {}, .hint = {}};
  EXPECT_EQ(refusal->code, "POLICY_REFUSED");
  EXPECT_EQ(refusal->kind, ErrorKind::Input);
  constexpr std::string_view kBegin = "the policy '/p' refuses it: ";
  EXPECT_EQ(refusal->message.substr(0, kBegin.size()), kBegin);
  return {.allowed = false, .message = refusal->message.substr(kBegin.size()), .hint = refusal->hint};
}

Spent spentOf(const char* amount, std::int64_t last, bool open = false) {
  return {.last = last, .open = open, .spending = {.amounts = {{"PEAQ", peaq(amount)}}, .coin = "PEAQ"}};
}

TEST(PolicyJudge, Operations) {
  EXPECT_TRUE(ask(R"("operations": ["activate"])", bond("1")).allowed);
  const Answer refused = ask(R"("operations": ["activate", "scale order"])", eventOf(1));
  EXPECT_EQ(refused.message, "operations does not name 'qualify event'");
  EXPECT_EQ(refused.hint, "It allows: activate, scale order");
  EXPECT_EQ(ask(R"("operations": [])", eventOf(1)).hint, "It allows: nothing");
  EXPECT_FALSE(ask(R"("operations": ["activate"])", proposalOf(kContract, {}, {}, "unheard_of")).allowed);
}

TEST(PolicyJudge, Contracts) {
  const std::string only = R"("contracts": [")" + evm::toChecksum(kContract) + R"("])";
  EXPECT_TRUE(ask(only, eventOf(1)).allowed);
  EXPECT_EQ(ask(only, tokens(1)).message, "contracts does not name " + evm::toChecksum(kToken));
  // A batch calls what its calls call.
  const std::vector<Bytes> calls{eventOf(1).transaction.data};
  const Bytes hidden = peaq::batchCalldata(peaq::kBatchSome, kOther, calls);
  EXPECT_EQ(ask(only, proposalOf(kContract, hidden)).message, "contracts does not name " + evm::toChecksum(kOther));
}

TEST(PolicyJudge, Recipients) {
  const std::string only = R"("recipients": [")" + evm::toChecksum(kOther) + R"("])";
  EXPECT_TRUE(ask(only, tokens(1)).allowed);
  EXPECT_TRUE(ask(only, eventOf(1)).allowed) << "nobody is paid";
  EXPECT_FALSE(ask(only, tokens(1, kSender)).allowed);
  EXPECT_EQ(ask(only, bond("1")).message, "recipients does not name " + evm::toChecksum(kContract));
  const auto approval = proposalOf(kToken, evm::encodeCall("approve(address,uint256)", {kSender, 1}));
  EXPECT_FALSE(ask(only, approval).allowed) << "who may take tokens is paid as well";
}

TEST(PolicyJudge, Machines) {
  EXPECT_TRUE(ask(R"("machines": ["42"])", eventOf(42)).allowed);
  EXPECT_EQ(ask(R"("machines": ["42"])", eventOf(43)).message, "machines does not name 43");
  const std::string account = R"("machines": [")" + evm::toChecksum(kSender) + R"("])";
  EXPECT_TRUE(ask(account, bond("1")).allowed) << "its own account is the machine";
  EXPECT_TRUE(ask(account, proposalOf(kContract, peaq::mintCalldata(7, kSender))).allowed);
  EXPECT_EQ(ask(account, proposalOf(kContract, peaq::mintCalldata(7, kOther))).message,
            "machines does not name 7 of " + evm::toChecksum(kOther));
  EXPECT_FALSE(ask(account, proposalOf(kContract, {0xAB, 0xCD, 0xEF, 0x01})).allowed) << "an unknown call";
  const std::vector<Bytes> calls{eventOf(42).transaction.data, eventOf(43).transaction.data};
  const Bytes both = peaq::batchCalldata(peaq::kBatchSome, kContract, calls);
  EXPECT_FALSE(ask(R"("machines": ["42"])", proposalOf(kOther, both)).allowed);
  EXPECT_TRUE(ask(R"("machines": ["42", "43"])", proposalOf(kOther, both)).allowed);
  evm::Proposal order = tokens(1);
  order.machine = "mch_1";
  EXPECT_TRUE(ask(R"("machines": ["mch_1"])", order).allowed);
  EXPECT_EQ(ask(R"("machines": ["mch_2"])", order).message, "machines does not name mch_1");
}

TEST(PolicyJudge, Hours) {
  const auto at = [](int hour, int minute) { return kNoon + ((hour - 12) * 60 + minute) * kMinuteOfTest; };
  const std::string day = R"("hours": {"from": "06:00", "to": "22:00"})";
  EXPECT_TRUE(ask(day, eventOf(1), {}, at(6, 0)).allowed);
  EXPECT_TRUE(ask(day, eventOf(1), {}, at(22, 0) - 1).allowed);
  EXPECT_FALSE(ask(day, eventOf(1), {}, at(6, 0) - 1).allowed);
  const Answer late = ask(day, eventOf(1), {}, at(22, 0));
  EXPECT_EQ(late.message, "hours is from 06:00 to 22:00 UTC, and it is 22:00");
  EXPECT_EQ(late.hint, "Run the command again from 2026-01-02T06:00:00Z on");
  const std::string night = R"("hours": {"from": "22:00", "to": "06:00"})";
  EXPECT_TRUE(ask(night, eventOf(1), {}, at(22, 0)).allowed);
  EXPECT_TRUE(ask(night, eventOf(1), {}, at(6, 0) - 1).allowed);
  EXPECT_FALSE(ask(night, eventOf(1), {}, at(6, 0)).allowed);
  EXPECT_FALSE(ask(night, eventOf(1), {}, at(12, 0)).allowed);
  EXPECT_TRUE(ask(R"("hours": {"from": "12:00", "to": "24:00"})", eventOf(1), {}, at(23, 59)).allowed);
}

TEST(PolicyJudge, MostPerTransaction) {
  const std::string one = R"("amounts": {"PEAQ": {"perTransaction": "1"}})";
  EXPECT_TRUE(ask(one, bond("1")).allowed);
  const Answer refused = ask(one, bond("1.000000000000000001"));
  EXPECT_EQ(refused.message, "amounts.PEAQ.perTransaction is 1 PEAQ, and this spends 1.000000000000000001 PEAQ");
  EXPECT_EQ(refused.hint, "At most 1 PEAQ at once is allowed");
}

TEST(PolicyJudge, WhatAmountsDoesNotNameIsNotSpent) {
  EXPECT_EQ(ask(R"("amounts": {"ETH": {}})", bond("1")).message, "amounts does not name PEAQ");
  EXPECT_EQ(ask(R"("amounts": {"PEAQ": {}})", tokens(1)).message,
            "amounts does not name the token " + evm::toChecksum(kToken) + " on chain 3338");
  EXPECT_TRUE(ask(R"("amounts": {})", eventOf(1)).allowed) << "nothing is spent";
}

TEST(PolicyJudge, TokensOfAllDecimalsAreOneSum) {
  const std::string usd = R"("amounts": {"USD": {"perTransaction": "2", "tokens": [{"chain": 3338, "address": ")" +
                          evm::toChecksum(kToken) + R"(", "decimals": 6}]}})";
  EXPECT_TRUE(ask(usd, tokens(2'000'000)).allowed);
  EXPECT_EQ(ask(usd, tokens(2'000'001)).message, "amounts.USD.perTransaction is 2 USD, and this spends 2.000001 USD");
  const auto all = proposalOf(kToken, evm::encodeCall("transfer(address,uint256)", {kOther, U256() - U256(1)}));
  EXPECT_FALSE(ask(usd, all).allowed) << "a number that wraps around is not small";
  evm::Proposal elsewhere = tokens(1);
  elsewhere.transaction.chainId = 1;
  EXPECT_FALSE(ask(usd, elsewhere).allowed) << "another chain's contract is another token";
}

TEST(PolicyJudge, Fees) {
  EXPECT_TRUE(ask(R"("fees": {"PEAQ": {"perTransaction": "0.0001"}})", eventOf(1)).allowed);
  EXPECT_EQ(ask(R"("fees": {"PEAQ": {"perTransaction": "0.00009"}})", eventOf(1)).message,
            "fees.PEAQ.perTransaction is 0.00009 PEAQ, and this may cost 0.0001 PEAQ");
  EXPECT_EQ(ask(R"("fees": {"ETH": {}})", eventOf(1)).message, "fees does not name PEAQ");
  std::vector<Spent> spent{{.last = kNoon, .spending = {.coin = "PEAQ", .fee = peaq("0.0003")}},
                           {.last = kNoon, .spending = {.coin = "ETH", .fee = peaq("5")}}};
  EXPECT_TRUE(ask(R"("fees": {"PEAQ": {"perHour": "0.0004"}})", eventOf(1), spent).allowed);
  EXPECT_FALSE(ask(R"("fees": {"PEAQ": {"perHour": "0.00039"}})", eventOf(1), spent).allowed);
}

TEST(PolicyJudge, AnHourAndADayEndToTheMicrosecond) {
  const std::string hour = R"("amounts": {"PEAQ": {"perHour": "10"}})";
  EXPECT_TRUE(ask(hour, bond("1"), {spentOf("9", kNoon)}).allowed);
  EXPECT_FALSE(ask(hour, bond("1"), {spentOf("9.1", kNoon)}).allowed);
  EXPECT_FALSE(ask(hour, bond("1"), {spentOf("10", kNoon - kHour + 1)}).allowed);
  EXPECT_TRUE(ask(hour, bond("1"), {spentOf("10", kNoon - kHour)}).allowed);
  const std::string day = R"("amounts": {"PEAQ": {"perDay": "10"}})";
  EXPECT_FALSE(ask(day, bond("1"), {spentOf("10", kNoon - kDay + 1)}).allowed);
  EXPECT_TRUE(ask(day, bond("1"), {spentOf("10", kNoon - kDay)}).allowed);
  EXPECT_TRUE(ask(day, bond("1"), {spentOf("1000", kNoon)}).allowed == false);
}

TEST(PolicyJudge, ARefusalOfAWindowSaysWhatIsLeftAndWhenItFrees) {
  const std::string hour = R"("amounts": {"PEAQ": {"perHour": "10"}})";
  const std::vector<Spent> spent{spentOf("5", kNoon - 50 * kMinuteOfTest), spentOf("4", kNoon - 20 * kMinuteOfTest)};
  const Answer little = ask(hour, bond("2"), spent);
  EXPECT_EQ(little.message, "amounts.PEAQ.perHour is 10 PEAQ, 9 PEAQ of it spent or under way, and this spends 2 PEAQ");
  EXPECT_EQ(little.hint,
            "1 PEAQ is allowed now, 2 PEAQ from 2026-01-01T12:10:00Z on; `peaqos policy show` tells what is spent");
  EXPECT_NE(ask(hour, bond("7"), spent).hint.find("7 PEAQ from 2026-01-01T12:40:00Z on"), std::string::npos);
  EXPECT_NE(ask(hour, bond("11"), spent).hint.find("more than 10 PEAQ never is"), std::string::npos);
  const Answer open = ask(hour, bond("2"), {spentOf("9", kNoon - kDay, true)});
  EXPECT_NE(open.hint.find("once what is under way has ended"), std::string::npos) << open.hint;
}

TEST(PolicyJudge, WhatIsUnderWayIsSpentHoweverOldItIs) {
  const std::string hour = R"("amounts": {"PEAQ": {"perHour": "10"}})";
  EXPECT_FALSE(ask(hour, bond("1"), {spentOf("10", kNoon - 30 * kDay, true)}).allowed);
}

TEST(PolicyJudge, AClockThatWasSetBackFreesNothing) {
  const std::string hour = R"("amounts": {"PEAQ": {"perHour": "10"}})";
  EXPECT_FALSE(ask(hour, bond("1"), {spentOf("10", kNoon + 5 * kHour)}).allowed);
}

TEST(PolicyJudge, AboveASumAPersonMustAgree) {
  const Rules rules = parseRules(
      R"({"version": 1, "amounts": {"PEAQ": {"askAbove": "1"}}, "fees": {"PEAQ": {"askAbove": "0.00005"}}})", "'p'");
  const Judge judge(rules, "/p", kNoon, {});
  EXPECT_EQ(judge.consent(deedOf(rules, bond("1.5"))), "it spends 1.5 PEAQ, above amounts.PEAQ.askAbove of 1 PEAQ");
  EXPECT_EQ(judge.consent(deedOf(rules, bond("1"))),
            "its fee may come to 0.0001 PEAQ, above fees.PEAQ.askAbove of 0.00005 PEAQ");
  const Rules calm = parseRules(R"({"version": 1, "amounts": {"PEAQ": {"askAbove": "1"}}})", "'p'");
  EXPECT_EQ(Judge(calm, "/p", kNoon, {}).consent(deedOf(calm, bond("1"))), std::nullopt);
}

}  // namespace
}  // namespace peaqos::policy
