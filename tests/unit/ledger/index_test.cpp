// Which transactions of a ledger are still open.
// SPDX-License-Identifier: Apache-2.0
#include "ledger/index.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace peaqos::ledger {
namespace {

std::string hash(char digit) { return "0x" + std::string(64, digit); }

std::string pending(char digit, const std::string& intent = "0x11", std::vector<std::string> replaces = {}) {
  return lineOf({.step = "submit_event",
                 .transaction = SignedRow{.chainId = 1,
                                          .account = "0x1",
                                          .hash = hash(digit),
                                          .raw = "0x02",
                                          .intent = intent,
                                          .replaces = std::move(replaces)},
                 .ts = "2026-01-01T00:00:00+00:00"});
}

std::string ended(char digit, Status status, const std::string& ts = "2026-01-01T00:00:01+00:00") {
  return lineOf({.step = "submit_event", .status = status, .facts = {{"tx_hash", hash(digit)}}, .ts = ts});
}

Index indexOf(std::initializer_list<std::string> lines) {
  Index index;
  for (const std::string& line : lines) index.add(line);
  return index;
}

std::vector<std::string> openHashes(const Index& index) {
  std::vector<std::string> out;
  for (const Row& row : index.open()) out.push_back(row.transaction->hash);
  return out;
}

TEST(LedgerIndex, ATransactionIsOpenUntilARowEndsIt) {
  EXPECT_EQ(openHashes(indexOf({pending('a')})), std::vector{hash('a')});
  EXPECT_TRUE(openHashes(indexOf({pending('a'), ended('a', Status::Confirmed)})).empty());
  EXPECT_TRUE(openHashes(indexOf({pending('a'), ended('a', Status::Failed)})).empty());
}

TEST(LedgerIndex, OpenRowsComeOldestFirst) {
  const Index index = indexOf({pending('c'), pending('a'), pending('b'), ended('a', Status::Confirmed)});
  EXPECT_EQ(openHashes(index), (std::vector{hash('c'), hash('b')}));
}

TEST(LedgerIndex, AnEndOfAnotherTransactionEndsNothing) {
  EXPECT_EQ(openHashes(indexOf({pending('a'), ended('b', Status::Confirmed)})).size(), 1U);
}

TEST(LedgerIndex, ADearerVersionStandsForItsPredecessors) {
  const Index index = indexOf({pending('a'), pending('b', "0x11", {hash('a')})});
  EXPECT_EQ(openHashes(index), std::vector{hash('b')});
}

TEST(LedgerIndex, TheEndOfAnyVersionEndsAll) {
  for (const char mined : {'a', 'b', 'c'}) {
    const Index index = indexOf({pending('a'), pending('b', "0x11", {hash('a')}),
                                 pending('c', "0x11", {hash('a'), hash('b')}), ended(mined, Status::Confirmed)});
    EXPECT_TRUE(openHashes(index).empty()) << mined;
  }
}

TEST(LedgerIndex, KnowsTheLastConfirmedTransactionOfAnIntent) {
  const Index index =
      indexOf({pending('a', "0x11"), ended('a', Status::Confirmed, "1"), pending('b', "0x11"),
               ended('b', Status::Confirmed, "2"), pending('c', "0x22"), ended('c', Status::Failed, "3")});
  ASSERT_TRUE(index.confirmed("0x11"));
  EXPECT_EQ(index.confirmed("0x11")->hash, hash('b'));
  EXPECT_EQ(index.confirmed("0x11")->ts, "2");
  EXPECT_FALSE(index.confirmed("0x22")) << "it failed";
  EXPECT_FALSE(index.confirmed("0x33"));
  for (const char known : {'a', 'b', 'c'}) EXPECT_TRUE(index.hasEnded(hash(known))) << known;
  EXPECT_FALSE(index.hasEnded(hash('d')));
  EXPECT_FALSE(indexOf({pending('a'), ended('a', Status::Failed), pending('a')}).hasEnded(hash('a'))) << "sent again";
}

TEST(LedgerIndex, AnUnreadableOpenRowIsAnErrorThatNamesIt) {
  const Index index =
      indexOf({R"({"raw_tx":"0x02","status":"pending","step":"register","tx_hash":")" + hash('a') + "\"}"});
  try {
    static_cast<void>(index.open());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code, "BAD_JOURNAL_ROW");
    EXPECT_NE(error.message.find(hash('a')), std::string::npos);
  }
}

TEST(LedgerIndex, AnUnreadableRowThatEndedIsNoTrouble) {
  EXPECT_TRUE(indexOf({R"({"raw_tx":"0x02","status":"pending","step":"x","tx_hash":")" + hash('a') + "\"}",
                       ended('a', Status::Confirmed)})
                  .open()
                  .empty());
}

TEST(LedgerIndex, WordsWithinStringsAreNotFields) {
  // A quoted field name inside a string is escaped there, and cannot end a transaction.
  const std::string trick = lineOf({.step = "order",
                                    .status = Status::Confirmed,
                                    .facts = {{"note", "\"tx_hash\":\"" + hash('a') + "\""}},
                                    .ts = "2"});
  EXPECT_EQ(openHashes(indexOf({pending('a'), trick})).size(), 1U);
}

TEST(LedgerIndex, ReadsRowsWithBlanksBetweenTheirParts) {
  const Index index =
      indexOf({pending('a'), R"({"status": "confirmed", "step": "x", "ts": "9", "tx_hash": ")" + hash('a') + "\"}"});
  EXPECT_TRUE(index.open().empty());
}

TEST(LedgerIndex, RemembersABoundedNumberOfEnds) {
  Index index;
  index.add(pending('a', "0xfirst"));
  index.add(ended('a', Status::Confirmed));
  for (std::size_t i = 0; i < Index::kRemembered; ++i) {
    index.add(pending('b', "0xlater"));
    index.add(ended('b', Status::Confirmed));
  }
  EXPECT_FALSE(index.confirmed("0xfirst"));
  EXPECT_TRUE(index.confirmed("0xlater"));
}

}  // namespace
}  // namespace peaqos::ledger
