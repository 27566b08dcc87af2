// Policy files: what they may say, and how what they may not is named.
// SPDX-License-Identifier: Apache-2.0
#include "policy/rules.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "policy/repeated_member.hpp"

namespace peaqos::policy {
namespace {

std::string problemOf(const std::string& text) {
  try {
    parseRules(text, "'p.json'");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Configuration);
    EXPECT_EQ(error.code, "BAD_POLICY");
    return error.message;
  }
  return {};
}

TEST(PolicyRules, AllThatThereIs) {
  const Rules rules = parseRules(R"({
    "version": 1,
    "operations": ["activate", "qualify event", "qualify events", "scale order"],
    "contracts": ["0x43c6AF2E14dc1327dc3cc6c7117D1CD72fffEcbA"],
    "recipients": [],
    "machines": ["42", 43, "0x43c6AF2E14dc1327dc3cc6c7117D1CD72fffEcbA", "mch_1"],
    "hours": {"from": "06:30", "to": "24:00"},
    "amounts": {
      "PEAQ": {"perTransaction": "2", "perHour": "2.5", "perDay": "10", "askAbove": "1"},
      "USDC": {"perDay": "5", "tokens": [{"chain": "base", "address": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "decimals": 6},
                                         {"chain": 1, "address": "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "decimals": 6}]}
    },
    "fees": {"PEAQ": {"perDay": "0.000000000000000001"}, "ETH": {}}
  })",
                                 "'p.json'");
  EXPECT_EQ(rules.operations->size(), 4U);
  EXPECT_EQ(rules.contracts->size(), 1U);
  EXPECT_TRUE(rules.recipients->empty());
  EXPECT_EQ(rules.machines->at(1).id, evm::U256(43));
  EXPECT_TRUE(rules.machines->at(2).account);
  EXPECT_EQ(rules.machines->at(3).name, "mch_1");
  EXPECT_EQ(rules.hours->from, 390);
  EXPECT_EQ(rules.hours->to, 1440);
  EXPECT_EQ(rules.amounts->at(1).tokens.at(0).chainId, 8453U);
  EXPECT_EQ(*rules.amounts->at(0).limits.perHour, evm::U256(2'500'000'000'000'000'000));
  EXPECT_EQ(*rules.fees->at(0).limits.perDay, evm::U256(1));
  EXPECT_TRUE(rules.counts());
  EXPECT_TRUE(rules.asks());
}

TEST(PolicyRules, WhatIsNotThereAllowsEverything) {
  const Rules rules = parseRules(R"({"version": 1})", "'p.json'");
  EXPECT_FALSE(rules.operations || rules.contracts || rules.recipients || rules.machines || rules.amounts ||
               rules.fees || rules.hours);
  EXPECT_FALSE(rules.counts());
  EXPECT_FALSE(rules.asks());
}

TEST(PolicyRules, WhatIsWrongIsNamedByItsPath) {
  struct Case {
    const char* text;
    const char* problem;  // begins so
  };
  constexpr Case kCases[] = {
      {"", "it is not JSON"},
      {"{", "it is not JSON"},
      {"[]", "it is not a JSON object"},
      {"{}", "version is not 1"},
      {R"({"version": "1"})", "version is not 1"},
      {R"({"version": 2})", "version is not 1"},
      {R"({"version": 1, "operation": []})", "operation is not known"},
      {R"({"version": 1, "operations": "activate"})", "operations is not a list"},
      {R"({"version": 1, "operations": null})", "operations is not a list"},
      {R"({"version": 1, "operations": ["activate", "whoami"]})", "operations[1] is no command"},
      {R"({"version": 1, "operations": [1]})", "operations[0] is not a text"},
      {R"({"version": 1, "contracts": ["0x12"]})", "contracts[0] is not an address: '0x12'"},
      {R"({"version": 1, "machines": [" "]})", "machines[0] is blank"},
      {R"({"version": 1, "machines": [1.5]})", "machines[0] is not a text"},
      {R"({"version": 1, "hours": {"from": "06:00"}})", "hours.to is missing"},
      {R"({"version": 1, "hours": {"from": "6:00", "to": "24:00"}})", "hours.from is not a time"},
      {R"({"version": 1, "hours": {"from": "06:60", "to": "24:00"}})", "hours.from is not a time"},
      {R"({"version": 1, "hours": {"from": "06:00", "to": "24:01"}})", "hours.to is not a time"},
      {R"({"version": 1, "hours": {"from": "06:00", "to": "06:00"}})", "hours begins and ends"},
      {R"({"version": 1, "hours": {"from": "06:00", "to": "07:00", "zone": 0}})", "hours.zone is not known"},
      {R"({"version": 1, "amounts": []})", "amounts is not an object"},
      {R"({"version": 1, "amounts": {"PEAQ": "1"}})", "amounts.PEAQ is not an object"},
      {R"({"version": 1, "amounts": {"PEAQ": {"perDay": 1}}})", "amounts.PEAQ.perDay is not a text"},
      {R"({"version": 1, "amounts": {"PEAQ": {"perDay": "-1"}}})", "amounts.PEAQ.perDay is not an amount"},
      {R"({"version": 1, "amounts": {"PEAQ": {"perDay": "1e3"}}})", "amounts.PEAQ.perDay is not an amount"},
      {R"({"version": 1, "amounts": {"PEAQ": {"perday": "1"}}})", "amounts.PEAQ.perday is not known"},
      {R"({"version": 1, "amounts": {"USDC": {"perDay": "1"}}})", "amounts.USDC is no coin"},
      {R"({"version": 1, "amounts": {"USDC": {"tokens": []}}})", "amounts.USDC.tokens is empty"},
      {R"({"version": 1, "amounts": {"U": {"tokens": [{"chain": "solana", "address": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "decimals": 6}]}}})",
       "amounts.U.tokens[0].chain is no EVM chain"},
      {R"({"version": 1, "amounts": {"U": {"tokens": [{"chain": 1, "address": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "decimals": 19}]}}})",
       "amounts.U.tokens[0].decimals is not a number from 0 to 18"},
      {R"({"version": 1, "amounts": {"U": {"tokens": [{"chain": 1, "address": "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", "decimals": 6},
          {"chain": 1, "address": "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913", "decimals": 6}]}}})",
       "amounts.U.tokens[1] is named twice"},
      {R"({"version": 1, "fees": {"USDC": {}}})", "fees.USDC is no coin"},
      {R"({"version": 1, "fees": {"PEAQ": {"tokens": []}}})", "fees.PEAQ.tokens is not known"},
      {R"({"version": 1, "version": 1})", "version is there twice"},
      {R"({"version": 1, "amounts": {"PEAQ": {"perDay": "1", "perDay": "100"}}})",
       "amounts.PEAQ.perDay is there twice"},
      {R"({"version": 1, "amounts": {"PEAQ": {"perDay": "1", "per\u0044ay": "100"}}})",
       "amounts.PEAQ.perDay is there twice"},
      {"\xEF\xBB\xBF{\"version\": 1}", "it begins with a byte order mark"},
  };
  for (const auto& [text, problem] : kCases) {
    const std::string expected = std::string("Invalid policy 'p.json': ") + problem;
    EXPECT_EQ(problemOf(text).substr(0, expected.size()), expected) << text;
  }
}

TEST(PolicyRules, ARepeatedMemberIsFoundWhereverItIs) {
  EXPECT_EQ(repeatedMember(R"({"a": [1, {"b": "}\"{", "c": {"d": null, "d": 2}}]})"), "a[1].c.d");
  EXPECT_EQ(repeatedMember(R"( [ [ ] , { } , {"x":true,"y":[ ],"x":0} ] )"), "[2].x");
  EXPECT_EQ(repeatedMember(R"({"a": {"a": {"a": [{"a": 1}, {"a": 2}]}}})"), std::nullopt);
  EXPECT_EQ(repeatedMember("12"), std::nullopt);
}

}  // namespace
}  // namespace peaqos::policy
