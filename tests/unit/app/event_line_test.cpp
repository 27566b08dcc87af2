// What a record must hold to be an event, and by what it is known again.
// SPDX-License-Identifier: Apache-2.0
#include "app/events/event_line.hpp"

#include <gtest/gtest.h>

#include "app/events/line_judge.hpp"
#include "crypto/keccak.hpp"
#include "support/fake_host.hpp"

namespace peaqos::app {
namespace {

const evm::Address kSigner = *evm::parseAddress("0x00000000000000000000000000000000000000a1");
const evm::Address kRegistry = *evm::parseAddress("0x00000000000000000000000000000000000000e1");

struct EventLineTest : testing::Test {
  test::World world;
  test::FakeHost host{world};
  EventLineTest() { world.disk.makeFolder("/home/user/project"); }

  EventLine read(std::map<std::string, std::string> changes = {}) {
    Record record{.line = 4,
                  .members = {{"machine_id", "7"}, {"type", "revenue"}, {"value", "125"}, {"ts", "1776945600"}}};
    for (auto& [name, value] : changes) {
      record.members[name] = value;
      if (value == "-") record.members.erase(name);
    }
    return *host.run(readEventLine(std::move(record), {.host = host.lent(), .conversation = host.conversation}));
  }
  std::string problem(std::map<std::string, std::string> changes) { return read(std::move(changes)).problem; }
};

TEST_F(EventLineTest, AGoodLineIsTheCallOfQualifyEvent) {
  const EventLine line = read({{"currency", "EUR"}, {"id", "a 1"}});
  EXPECT_EQ(line.problem, "");
  EXPECT_EQ(line.number, 4U);
  EXPECT_EQ(line.id, "a 1");
  EXPECT_EQ(line.machineId, evm::U256(7));
  const peaq::Event event{.machineId = 7, .value = 125, .currency = "EUR", .timestamp = 1776945600};
  EXPECT_EQ(line.call, peaq::submitEventCalldata(event));
}

TEST_F(EventLineTest, ProblemsNameTheColumn) {
  const std::string tooLarge = "115792089237316195423570985008687907853269984665640564039457584007913129639936";
  EXPECT_EQ(problem({{"machine_id", "-"}}), "machine_id is missing");
  EXPECT_TRUE(problem({{"machine_id", "0"}}).starts_with("machine_id must be above 0"));
  EXPECT_TRUE(problem({{"value", tooLarge}}).starts_with("value is not a whole number below 2^256"));
  EXPECT_EQ(problem({{"value", "115792089237316195423570985008687907853269984665640564039457584007913129639935"}}), "");
  EXPECT_TRUE(problem({{"value", "1.5"}}).starts_with("value is not a whole number"));
  EXPECT_TRUE(problem({{"type", "sale"}}).starts_with("type is 'sale'"));
  EXPECT_TRUE(problem({{"ts", "yesterday"}}).starts_with("ts is no time"));
  EXPECT_TRUE(problem({{"trust", "onchain"}}).starts_with("source_tx is required with trust onchain"));
  EXPECT_TRUE(problem({{"source_tx", "0x12"}}).starts_with("source_tx has 2 digits instead of 64"));
  EXPECT_TRUE(problem({{"currency", "eur"}}).starts_with("currency is 'eur'"));
  EXPECT_TRUE(problem({{"id", "two\nlines"}}).starts_with("id is not a usable key"));
  EXPECT_TRUE(problem({{"metadata_hex", "abc"}}).starts_with("metadata_hex is not hexadecimal"));
  EXPECT_TRUE(problem({{"data_hash", "0xzz"}}).starts_with("data_hash is not hexadecimal"));
  EXPECT_TRUE(problem({{"raw_data", "nowhere.bin"}}).starts_with("raw_data file"));
}

TEST_F(EventLineTest, HashAndHexStandForTheFiles) {
  host.run(host.lent().files.replace("/home/user/project/raw.bin", asBytes("reading"), 0600));
  const std::string hash = toHex0x(crypto::keccak256(asBytes("reading")));
  EXPECT_EQ(read({{"raw_data", "raw.bin"}}).call, read({{"data_hash", hash}}).call);
  EXPECT_EQ(read({{"metadata", "raw.bin"}}).call, read({{"metadata_hex", toHex0x(asBytes("reading"))}}).call);
  EXPECT_TRUE(
      problem({{"raw_data", "raw.bin"}, {"data_hash", hash}}).starts_with("data_hash does not go with raw_data"));
  EXPECT_TRUE(problem({{"metadata", "raw.bin"}, {"metadata_hex", "00"}}).starts_with("metadata_hex does not go with"));
}

TEST_F(EventLineTest, AnEventThatFitsNoTransactionIsBad) {
  EXPECT_EQ(problem({{"metadata_hex", std::string(200'000, '0')}}), "the event is too large for a transaction");
}

TEST_F(EventLineTest, KeysTellEventsChainsAndSignersApart) {
  const EventLine line = read();
  const LineKey key = keyOf(line, 1, kSigner, kRegistry);
  EXPECT_EQ(key, keyOf(read(), 1, kSigner, kRegistry));
  EXPECT_NE(key, keyOf(read({{"value", "126"}}), 1, kSigner, kRegistry));
  EXPECT_NE(key, keyOf(line, 2, kSigner, kRegistry));
  EXPECT_NE(key, keyOf(line, 1, kRegistry, kRegistry));
  EXPECT_NE(key, keyOf(line, 1, kSigner, kSigner));
}

TEST_F(EventLineTest, AnIdIsTheWholeKey) {
  const LineKey key = keyOf(read({{"id", "a"}}), 1, kSigner, kRegistry);
  EXPECT_EQ(key, keyOf(read({{"id", "a"}, {"value", "126"}}), 1, kSigner, kRegistry));
  EXPECT_NE(key, keyOf(read({{"id", "b"}}), 1, kSigner, kRegistry));
  EXPECT_NE(key, keyOf(read(), 1, kSigner, kRegistry));
}

TEST_F(EventLineTest, JudgesEachLineOnce) {
  const Sender sender{.chainId = 1, .signer = kSigner, .registry = kRegistry};
  KnownLines known;
  known.add(keyOfId("sent", 1, kSigner), {.hash = "0x11", .block = 9, .eventIndex = 3});
  known.add(keyOfId("slow", 1, kSigner), {.hash = "0x22", .pending = true});
  LineJudge judge(sender, &known);
  EXPECT_FALSE(judge.judge(read()));
  const auto again = judge.judge(read());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->status, LineStatus::Duplicate);
  EXPECT_EQ(again->reason, "equal to line 4");
  EXPECT_FALSE(judge.judge(read({{"id", "new"}})));
  EXPECT_EQ(judge.judge(read({{"id", "new"}, {"value", "9"}}))->reason, "has the id of line 4");
  const auto sent = judge.judge(read({{"id", "sent"}}));
  EXPECT_EQ(sent->status, LineStatus::Confirmed);
  EXPECT_EQ(toJson(*sent), (Json{{"line", 4},
                                 {"id", "sent"},
                                 {"status", "confirmed"},
                                 {"tx_hash", "0x11"},
                                 {"block", 9},
                                 {"index", 3},
                                 {"reason", nullptr}}));
  EXPECT_EQ(judge.judge(read({{"id", "slow"}}))->status, LineStatus::Pending);
  EXPECT_EQ(judge.judge(read({{"value", "x"}}))->status, LineStatus::Invalid);
}

}  // namespace
}  // namespace peaqos::app
