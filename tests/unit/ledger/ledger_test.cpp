// peaqos.log on disks that fail, beside other processes, and through power cuts.
// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/time.hpp"
#include "ledger/lines.hpp"
#include "support/fake_host.hpp"

namespace peaqos::ledger {
namespace {

using test::FakeHost;
using test::World;

constexpr std::uint64_t kRotateAt = 64U << 10;
const std::string kPath = "/home/user/project/peaqos.log";

std::string hashOf(int number) {
  std::string digits = std::to_string(number);
  return "0x" + std::string(64 - digits.size(), '0') + digits;
}

Row pendingRow(int number, std::size_t rawBytes = 4) {
  return {.step = "submit_event",
          .transaction = SignedRow{.chainId = 1,
                                   .account = "0x1",
                                   .nonce = static_cast<std::uint64_t>(number),
                                   .hash = hashOf(number),
                                   .raw = "0x" + std::string(rawBytes, '0'),
                                   .intent = "0x" + std::to_string(number)}};
}

Row confirmedRow(int number) {
  return {.step = "submit_event", .status = Status::Confirmed, .facts = {{"tx_hash", hashOf(number)}}};
}

struct Fixture {
  World world;
  FakeHost host{world};
  Ledger ledger{host.lent(), host.conversation, kRotateAt};

  Fixture() { world.disk.makeFolder("/home/user/project"); }
  std::string text() const { return world.disk.exists(kPath) ? world.disk.text(kPath) : ""; }
  std::vector<int> open() {
    std::vector<int> nonces;
    const auto view = host.run(ledger.view());
    for (const Row& row : view.value().open) nonces.push_back(static_cast<int>(row.transaction->nonce));
    return nonces;
  }
  std::string failureOf(Task<void> task) {
    try {
      host.run(std::move(task));
    } catch (const Error& error) {
      return error.code + ": " + error.message;
    }
    return {};
  }
};

TEST(Ledger, ANewFileIsPrivateAndDurableWithItsName) {
  Fixture f;
  f.host.run(f.ledger.append(pendingRow(1)));
  EXPECT_EQ(f.world.disk.mode(kPath), 0600U);
  EXPECT_EQ(f.world.disk.durableText(kPath), f.text());
  f.world.powerCut();
  EXPECT_NE(f.text().find(hashOf(1)), std::string::npos) << "the folder was synced too";
}

TEST(Ledger, RowsOfOneAppendShareATimeAndASync) {
  Fixture f;
  std::vector<Row> rows;
  for (int i = 0; i < 100; ++i) rows.push_back(pendingRow(i));
  f.host.run(f.ledger.append(std::move(rows)));
  std::size_t syncs = 0;
  for (const std::string& step : f.host.life.steps())
    syncs += step.find("append") == 0 && step.find("synced") != std::string::npos;
  EXPECT_LE(syncs, 2U) << "the file, and its folder once";
  EXPECT_EQ(f.open().size(), 100U);
}

TEST(Ledger, AnEmptyOpenMakesTheFile) {
  Fixture f;
  f.host.run(f.ledger.open());
  EXPECT_TRUE(f.world.disk.exists(kPath));
  EXPECT_EQ(f.text(), "");
}

TEST(Ledger, KnowsWhatIsOpenAndWhatEnded) {
  Fixture f;
  f.host.run(f.ledger.append(pendingRow(1)));
  f.host.run(f.ledger.append(pendingRow(2)));
  f.host.run(f.ledger.append(confirmedRow(1)));
  EXPECT_EQ(f.open(), std::vector{2});
  const auto view = f.host.run(f.ledger.view("0x1")).value();
  ASSERT_TRUE(view.confirmed);
  EXPECT_EQ(view.confirmed->hash, hashOf(1));
}

TEST(Ledger, SeesWhatAnotherProcessAppends) {
  Fixture f;
  EXPECT_TRUE(f.open().empty());
  FakeHost other(f.world);
  Ledger theirs(other.lent(), other.conversation, kRotateAt);
  other.run(theirs.append(pendingRow(5)));
  EXPECT_EQ(f.open(), std::vector{5});
  other.run(theirs.append(confirmedRow(5)));
  EXPECT_TRUE(f.open().empty());
}

TEST(Ledger, AnEndIsWrittenOnceByWhoeverFindsItFirst) {
  for (const bool confirmed : {true, false}) {
    Fixture f;
    FakeHost other(f.world);
    Ledger theirs(other.lent(), other.conversation, kRotateAt);
    f.host.run(f.ledger.append(pendingRow(5)));
    Row end = confirmedRow(5);
    if (!confirmed) end.status = Status::Failed;
    f.host.run(f.ledger.close(end));
    const std::string once = f.text();
    other.run(theirs.close(end));
    f.host.run(f.ledger.close(end));
    EXPECT_EQ(f.text(), once) << confirmed;
  }
}

TEST(Ledger, TheEndOfATransactionThatTheFileDoesNotKnowIsWritten) {
  Fixture f;
  f.host.run(f.ledger.close(confirmedRow(5)));
  EXPECT_NE(f.text().find(hashOf(5)), std::string::npos);
}

TEST(Ledger, ForeignLinesAreKept) {
  Fixture f;
  const std::string foreign = "# by hand\n{\"a\":1}\n\n[1,2]\n";
  f.world.disk.put(kPath, foreign + lineOf(pendingRow(1)));
  EXPECT_EQ(f.open(), std::vector{1});
  f.host.run(f.ledger.append(confirmedRow(1)));
  EXPECT_EQ(f.text().find(foreign), 0U);
}

TEST(Ledger, ALineCutShortIsRemovedAndReported) {
  Fixture f;
  const std::string whole = lineOf(pendingRow(1));
  f.world.disk.put(kPath, whole + lineOf(pendingRow(2)).substr(0, 40));
  f.host.run(f.ledger.append(confirmedRow(1)));
  EXPECT_EQ(f.text().find(whole), 0U);
  EXPECT_EQ(f.text().find(hashOf(2)), std::string::npos);
  EXPECT_EQ(f.host.conversation.count("journal", "warning"), 1U);
  EXPECT_TRUE(f.open().empty());
}

TEST(Ledger, AFullDiskLosesNoRowAndHarmsNoLaterOne) {
  Fixture f;
  f.host.run(f.ledger.append(pendingRow(1)));
  f.world.disk.setFree(30);
  EXPECT_EQ(f.failureOf(f.ledger.append(confirmedRow(1))), "DISK_FULL: journal 'peaqos.log': the disk is full");
  f.world.disk.setFree(std::nullopt);
  EXPECT_EQ(f.open(), std::vector{1}) << "what was not recorded has not ended";
  f.host.run(f.ledger.append(confirmedRow(1)));
  EXPECT_TRUE(f.open().empty());
}

TEST(Ledger, AReadOnlyFolderCanBeReadButNotWritten) {
  Fixture f;
  f.host.run(f.ledger.append(pendingRow(1)));
  f.world.disk.setReadOnly("/home/user/project");
  EXPECT_EQ(f.open(), std::vector{1});
  EXPECT_EQ(f.failureOf(f.ledger.append(confirmedRow(1))), "FILE_DENIED: journal 'peaqos.log': permission denied");
}

TEST(Ledger, WithoutLocksItStillWorks) {
  Fixture f;
  f.world.disk.setUnlockable("/home/user/project");
  f.host.run(f.ledger.append(pendingRow(1)));
  EXPECT_EQ(f.open(), std::vector{1});
}

TEST(Ledger, ARowThatWasAppendedSurvivesEveryDeath) {
  for (const test::Death death : {test::Death::Kill, test::Death::PowerCut}) {
    for (std::size_t step = 1; step < 60; ++step) {
      Fixture f;
      f.host.run(f.ledger.append(pendingRow(1)));
      f.host.life.dieAt(step, death);
      const bool ended = f.host.run(f.ledger.append(pendingRow(2)));
      FakeHost next(f.world);
      Ledger after(next.lent(), next.conversation, kRotateAt);
      next.run(after.append(pendingRow(3)));
      const auto open = next.run(after.view()).value().open;
      ASSERT_GE(open.size(), 2U) << "step " << step;
      EXPECT_EQ(open.front().transaction->nonce, 1U);
      EXPECT_EQ(open.back().transaction->nonce, 3U);
      if (ended) return;  // the append has fewer steps than that
    }
  }
}

TEST(Ledger, ALargeFileIsRotatedAndItsOpenRowsAreCarriedOver) {
  Fixture f;
  std::string old = lineOf(pendingRow(1)) + lineOf(pendingRow(2));
  const std::string filler = lineOf(confirmedRow(99));
  while (old.size() <= kRotateAt) old += filler;
  old += lineOf(confirmedRow(2));
  f.world.disk.put(kPath, old);
  f.host.run(f.ledger.append(pendingRow(3)));
  EXPECT_LT(f.text().size(), 2000U);
  EXPECT_EQ(f.open(), (std::vector{1, 3}));
  std::vector<std::string> archives;
  for (const std::string& path : f.world.disk.paths()) {
    if (path.find("/peaqos-") != std::string::npos) archives.push_back(path);
  }
  ASSERT_EQ(archives.size(), 1U);
  EXPECT_EQ(f.world.disk.text(archives[0]), old);
}

TEST(Ledger, NoDeathWithinARotationLosesAnOpenRow) {
  std::string old = lineOf(pendingRow(1));
  const std::string filler = lineOf(confirmedRow(99));
  while (old.size() <= kRotateAt) old += filler;
  for (const test::Death death : {test::Death::Kill, test::Death::PowerCut}) {
    bool ended = false;
    for (std::size_t step = 1; !ended; ++step) {
      Fixture f;
      f.world.disk.put(kPath, old);
      f.host.life.dieAt(step, death);
      ended = f.host.run(f.ledger.append(pendingRow(2)));
      FakeHost next(f.world);
      Ledger after(next.lent(), next.conversation, kRotateAt);
      const auto open = next.run(after.view()).value().open;
      ASSERT_FALSE(open.empty()) << "step " << step;
      EXPECT_EQ(open.front().transaction->nonce, 1U) << "step " << step;
      ASSERT_NO_THROW(next.run(after.append(confirmedRow(1)))) << "step " << step << " " << f.host.life.steps().back();
    }
  }
}

TEST(Ledger, AnotherProcessNoticesARotation) {
  Fixture f;
  std::string old = lineOf(pendingRow(1));
  const std::string filler = lineOf(confirmedRow(99));
  while (old.size() <= kRotateAt) old += filler;
  f.world.disk.put(kPath, old);
  EXPECT_EQ(f.open(), std::vector{1});
  FakeHost other(f.world);
  Ledger theirs(other.lent(), other.conversation, kRotateAt);
  other.run(theirs.append(pendingRow(2)));
  EXPECT_EQ(f.open(), (std::vector{1, 2}));
  f.host.run(f.ledger.append(confirmedRow(1)));
  EXPECT_EQ(f.open(), std::vector{2});
}

TEST(Ledger, AScanReadsRotatedFilesFirst) {
  Fixture f;
  const auto order = [](const char* id) {
    return lineOf({.step = "order", .facts = {{"order_id", id}}, .ts = "2026-01-01T00:00:00+00:00"});
  };
  f.world.disk.put("/home/user/project/peaqos-20260101T000000Z.log", order("first"));
  f.world.disk.put("/home/user/project/peaqos-20260102T000000Z.log", order("second"));
  f.world.disk.put("/home/user/project/peaqos-notes.log", order("not ours"));
  f.world.disk.put(kPath, order("third"));
  std::vector<std::string> ids;
  f.host.run(f.ledger.scan("\"order\"", [&](Row row) { ids.push_back(textOrEmpty(row.facts, "order_id")); }));
  EXPECT_EQ(ids, (std::vector<std::string>{"first", "second", "third"}));
}

TEST(Ledger, ProcessesTakeTurnsAndEveryRowArrivesWhole) {
  Fixture f;
  std::vector<std::unique_ptr<FakeHost>> hosts;
  std::vector<std::unique_ptr<Ledger>> ledgers;
  std::vector<std::shared_ptr<FakeHost::Job<void>>> jobs;
  for (int i = 0; i < 8; ++i) {
    hosts.push_back(std::make_unique<FakeHost>(f.world, "/home/user/project", static_cast<std::uint64_t>(i)));
    ledgers.push_back(std::make_unique<Ledger>(hosts.back()->lent(), hosts.back()->conversation));
    jobs.push_back(hosts.back()->spawn(ledgers.back()->append(pendingRow(i))));
  }
  f.world.loop.runUntil([&] { return std::ranges::all_of(jobs, [](const auto& job) { return job->ended(); }); });
  EXPECT_EQ(f.open().size(), 8U);
}

TEST(LedgerLines, BlocksDoNotCutLines) {
  Fixture f;
  const std::string longLine(3U << 20, 'x');
  f.world.disk.put("/home/user/project/lines", "a\n" + longLine + "\nb\nunfinished");
  std::vector<std::size_t> lengths;
  const auto end = f.host.run(
      eachLine(f.host.lent().files, "lines", 0, [&](std::string_view line) { lengths.push_back(line.size()); }));
  EXPECT_EQ(lengths, (std::vector<std::size_t>{1, longLine.size(), 1}));
  EXPECT_EQ(end, 2 + longLine.size() + 1 + 2);
}

TEST(LedgerLines, AnAbsurdlyLongLineIsPassedOver) {
  Fixture f;
  const std::string absurd(17U << 20, 'x');
  f.world.disk.put("/home/user/project/lines", absurd + "\nb\n");
  std::vector<std::string> lines;
  f.host.run(eachLine(f.host.lent().files, "lines", 0, [&](std::string_view line) { lines.emplace_back(line); }));
  EXPECT_EQ(lines, std::vector<std::string>{"b"});
}

}  // namespace
}  // namespace peaqos::ledger
