// Rows of peaqos.log as text.
// SPDX-License-Identifier: Apache-2.0
#include "ledger/row.hpp"

#include <gtest/gtest.h>

namespace peaqos::ledger {
namespace {

const std::string kHash = "0x" + std::string(64, 'a');

Row pendingRow() {
  return {.step = "submit_event",
          .status = Status::Pending,
          .facts = {{"machine_id", 7}},
          .transaction = SignedRow{.chainId = 31338,
                                   .account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                                   .nonce = 3,
                                   .hash = kHash,
                                   .raw = "0x02",
                                   .intent = "0x11",
                                   .replaces = {},
                                   .block = 12},
          .ts = "2026-01-01T00:00:00+00:00"};
}

TEST(LedgerRow, WritesOneSortedLine) {
  EXPECT_EQ(
      lineOf({.step = "register",
              .status = Status::Confirmed,
              .facts = {{"mode", "self"}, {"address", "0xDC5b"}, {"machine_id", 42}},
              .ts = "2026-04-23T15:00:18.482917+00:00"}),
      "{\"address\":\"0xDC5b\",\"machine_id\":42,\"mode\":\"self\",\"status\":\"confirmed\",\"step\":\"register\","
      "\"ts\":\"2026-04-23T15:00:18.482917+00:00\"}\n");
}

TEST(LedgerRow, ReadsBackWhatItWrote) {
  const Row row = pendingRow();
  const auto read = parseRow(lineOf(row));
  ASSERT_TRUE(read && read->transaction);
  EXPECT_EQ(read->step, row.step);
  EXPECT_EQ(read->status, Status::Pending);
  EXPECT_EQ(read->ts, row.ts);
  EXPECT_EQ(read->facts, row.facts) << "the envelope is not among the facts";
  EXPECT_EQ(read->transaction->chainId, 31338U);
  EXPECT_EQ(read->transaction->nonce, 3U);
  EXPECT_EQ(read->transaction->hash, kHash);
  EXPECT_EQ(read->transaction->block, 12U);
}

TEST(LedgerRow, KeepsTheHashesOfEarlierVersions) {
  Row row = pendingRow();
  const std::string earlier = "0x" + std::string(64, 'b');
  row.transaction->replaces = {earlier};
  const auto read = parseRow(lineOf(row));
  ASSERT_TRUE(read && read->transaction);
  EXPECT_TRUE(read->transaction->has(kHash));
  EXPECT_TRUE(read->transaction->has(earlier));
  EXPECT_FALSE(read->transaction->has("0x" + std::string(64, 'c')));
}

TEST(LedgerRow, ReadsRowsOfOtherProgramsWithBlanks) {
  const auto read = parseRow(R"({"address": "0x1", "status": "skipped", "step": "register", "ts": "2026"})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->status, Status::Skipped);
  EXPECT_EQ(read->facts, (Json{{"address", "0x1"}}));
}

TEST(LedgerRow, PassesOverWhatIsNotARow) {
  for (const char* line : {"", "no JSON", "[]", "7", "{}", R"({"step":"register"})", R"({"status":"pending"})",
                           R"({"step":"register","status":"done"})", R"({"step":7,"status":"pending"})"}) {
    EXPECT_FALSE(parseRow(line)) << line;
  }
}

TEST(LedgerRow, ASignedRowThatLacksAFieldIsNotATransaction) {
  for (const char* field : {"address", "chain_id", "nonce", "tx_hash"}) {
    Json object = *parseJson(lineOf(pendingRow()));
    object.erase(field);
    const auto read = parseRow(dumpJson(object));
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->transaction) << field;
    EXPECT_TRUE(read->facts.contains("raw_tx")) << field;
  }
}

}  // namespace
}  // namespace peaqos::ledger
