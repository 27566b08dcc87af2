// SPDX-License-Identifier: Apache-2.0
#include "support/fake_files.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/fake_host.hpp"

namespace peaqos::test {
namespace {

using host::FileError;
using host::FileFailure;

constexpr char kFolder[] = "/home/user/project";
constexpr char kLog[] = "/home/user/project/log";

struct FilesTest : testing::Test {
  World world;
  FakeHost host{world, kFolder};

  bool append(const std::string& path, const std::string& text) {
    return host.run(host.files.append(path, asBytes(text), 0600));
  }
  // The failure of a task, or std::nullopt.
  template <typename T>
  std::optional<FileFailure> failureOf(Task<T> task) {
    try {
      host.run(std::move(task));
    } catch (const FileError& error) {
      return error.failure;
    }
    return std::nullopt;
  }
  std::string read(const std::string& path) { return asText(*host.run(host.files.read(path, 1000))); }
};

TEST_F(FilesTest, WhatWasAppendedIsThereAndDurable) {
  append("log", "a\n");
  append("log", "b\n");
  EXPECT_EQ(read("log"), "a\nb\n");
  EXPECT_EQ(world.disk.durableText(kLog), "a\nb\n");
  EXPECT_EQ(*host.run(host.files.modeOf("log")), 0600U);
}

TEST_F(FilesTest, ReadsAtMostTheLimit) {
  append("log", "12345");
  EXPECT_EQ(failureOf(host.files.read("log", 4)), FileFailure::TooLarge);
  EXPECT_EQ(failureOf(host.files.read("none", 4)), FileFailure::Missing);
  EXPECT_EQ(failureOf(host.files.readRegular(".", 4, host::Links::Refuse)), FileFailure::NotAFile);
}

TEST_F(FilesTest, ReadsParts) {
  append("log", "0123456789");
  EXPECT_EQ(*host.run(host.files.sizeOf("log")), 10U);
  EXPECT_EQ(asText(*host.run(host.files.readPart("log", 8, 5))), "89");
  EXPECT_EQ(asText(*host.run(host.files.readPart("log", 10, 5))), "");
  host.run(host.files.truncate("log", 3));
  host.run(host.files.truncate("log", 30));
  EXPECT_EQ(read("log"), "012");
}

TEST_F(FilesTest, PathsCountFromTheWorkingDirectory) {
  EXPECT_EQ(host.files.absolute("log"), kLog);
  EXPECT_EQ(host.files.absolute("./a/../log"), kLog);
  EXPECT_EQ(host.files.absolute("/tmp/x/"), "/tmp/x");
  append("../log", "a");
  EXPECT_TRUE(world.disk.exists("/home/user/log"));
  EXPECT_EQ(failureOf(host.files.append("none/log", asBytes("a"), 0600)), FileFailure::Missing);
}

TEST_F(FilesTest, RenameNeverOverwrites) {
  append("a", "1");
  append("b", "2");
  EXPECT_EQ(failureOf(host.files.rename("a", "b")), FileFailure::Exists);
  host.run(host.files.rename("a", "c"));
  EXPECT_FALSE(world.disk.exists("/home/user/project/a"));
  EXPECT_EQ(read("c"), "1");
  EXPECT_EQ(failureOf(host.files.rename("a", "d")), FileFailure::Missing);
  EXPECT_FALSE(world.disk.exists("/home/user/project/d"));
}

TEST_F(FilesTest, ReplaceIsWholeAtEachStepOfAPowerCut) {
  append("log", "old");
  host.run(host.files.replace("log", asBytes("new"), 0640));
  const std::size_t steps = host.life.steps().size();
  EXPECT_EQ(world.disk.mode(kLog), 0640U);
  for (std::size_t step = 1; step <= steps; ++step) {
    world.disk.put(kLog, "old");
    host.life.dieAt(step, Death::PowerCut);
    EXPECT_FALSE(host.run(host.files.replace("log", asBytes("new"), 0600)));
    EXPECT_TRUE(world.disk.text(kLog) == "old" || world.disk.text(kLog) == "new") << step;
  }
  EXPECT_EQ(world.disk.text(kLog), "new");
}

TEST_F(FilesTest, CreateNewMakesOneFileOnce) {
  EXPECT_EQ(failureOf(host.files.createNew("a", asBytes("1"), 0400)), std::nullopt);
  EXPECT_EQ(failureOf(host.files.createNew("a", asBytes("2"), 0400)), FileFailure::Exists);
  EXPECT_EQ(read("a"), "1");
  EXPECT_EQ(world.disk.mode("/home/user/project/a"), 0400U);
}

TEST_F(FilesTest, CreateNewLeavesNothingOnAFullDisk) {
  world.disk.setFree(1);
  EXPECT_EQ(failureOf(host.files.createNew("a", asBytes("123"), 0600)), FileFailure::Full);
  EXPECT_FALSE(world.disk.exists("/home/user/project/a"));
}

TEST_F(FilesTest, AKilledProcessLeavesWhatItWrote) {
  host.life.dieAt(2);
  EXPECT_FALSE(append("log", "a\n"));
  EXPECT_EQ(host.life.steps().back(), "append: written");
  EXPECT_EQ(world.disk.text(kLog), "a\n");
  EXPECT_EQ(world.disk.durableText(kLog), std::nullopt);
}

TEST_F(FilesTest, APowerCutLosesWhatWasNotSynced) {
  append("log", "a\n");
  host.life.dieAt(2, Death::PowerCut);
  EXPECT_FALSE(append("log", "bcd\n"));
  EXPECT_EQ(world.disk.text(kLog), "a\n");
}

TEST_F(FilesTest, APowerCutMayTearAWrite) {
  append("log", "a\n");
  world.disk.setSurvival({.unsyncedBytes = 2});
  host.life.dieAt(2, Death::PowerCut);
  append("log", "bcd\n");
  EXPECT_EQ(world.disk.text(kLog), "a\nbc");
}

TEST_F(FilesTest, ANameLastsOnlyOnceItsFolderIsSynced) {
  host.life.dieAt(3, Death::PowerCut);
  EXPECT_FALSE(append("log", "a\n"));
  EXPECT_EQ(host.life.steps().back(), "append: synced");
  EXPECT_FALSE(world.disk.exists(kLog));

  host.life.dieAt(4, Death::PowerCut);
  EXPECT_FALSE(append("log", "a\n"));
  EXPECT_EQ(world.disk.text(kLog), "a\n");
}

TEST_F(FilesTest, ARemovedNameMayComeBack) {
  append("log", "a\n");
  host.run(host.files.remove("log"));
  world.powerCut();
  EXPECT_TRUE(world.disk.exists(kLog));
}

TEST_F(FilesTest, AFullDiskKeepsWhatFits) {
  world.disk.setFree(3);
  EXPECT_EQ(failureOf(host.files.append("log", asBytes("12345"), 0600)), FileFailure::Full);
  EXPECT_EQ(world.disk.text(kLog), "123");
  world.disk.setFree(std::nullopt);
  append("log", "\n");
  EXPECT_EQ(read("log"), "123\n");
}

TEST_F(FilesTest, AScriptedWriteIsTorn) {
  world.disk.failNext(DiskOperation::Write, FileFailure::Other, 2);
  EXPECT_EQ(failureOf(host.files.append("log", asBytes("1234"), 0600)), FileFailure::Other);
  EXPECT_EQ(read("log"), "12");
  append("log", "34");
  EXPECT_EQ(read("log"), "1234");
}

TEST_F(FilesTest, ReadOnlyAndDeniedPlaces) {
  append("log", "a");
  world.disk.setReadOnly(kFolder);
  EXPECT_EQ(failureOf(host.files.append("log", asBytes("b"), 0600)), FileFailure::Denied);
  EXPECT_EQ(failureOf(host.files.createNew("new", asBytes("b"), 0600)), FileFailure::Denied);
  EXPECT_EQ(read("log"), "a");
  world.disk.setReadOnly(kFolder, false);
  world.disk.setDenied(kLog);
  EXPECT_EQ(failureOf(host.files.read("log", 10)), FileFailure::Denied);
  world.disk.setDenied(kLog, false);
  world.disk.put(kLog, "a", 0400);
  EXPECT_EQ(failureOf(host.files.append("log", asBytes("b"), 0600)), FileFailure::Denied);
}

TEST_F(FilesTest, FoldersAreMadePrivate) {
  EXPECT_EQ(host.run(host.files.makePrivateFolder("vault")), false);
  EXPECT_EQ(host.run(host.files.makePrivateFolder("vault")), false);
  world.disk.makeFolder("/open", 0755);
  EXPECT_EQ(host.run(host.files.makePrivateFolder("/open")), true);
  EXPECT_EQ(world.disk.mode("/open"), 0700U);
  append("vault/a", "1");
  append("vault/b", "2");
  EXPECT_EQ(*host.run(host.files.list("vault")), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(*host.run(host.files.list("/home/user")), (std::vector<std::string>{"project"}));
}

TEST_F(FilesTest, ShredRemoves) {
  append("key", "secret");
  host.life.dieAt(2);
  host.run(host.files.shred("key"));
  EXPECT_EQ(world.disk.text("/home/user/project/key").find("secret"), std::string::npos);
  host.run(host.files.shred("key"));
  EXPECT_FALSE(world.disk.exists("/home/user/project/key"));
}

// --- Locks and processes

Task<bool> holdLock(FakeHost& host, microseconds duration) {
  const auto lock = co_await host.files.tryLock("/lane");
  if (!lock) co_return false;
  co_await host.clock.sleep(std::chrono::duration_cast<milliseconds>(duration));
  co_return true;
}

TEST_F(FilesTest, ALockHasOneHolderAmongProcesses) {
  FakeHost other(world, "/home/user/other");
  const auto first = host.spawn(holdLock(host, seconds(10)));
  EXPECT_EQ(other.run(holdLock(other, seconds(1))), false);
  world.loop.advance(seconds(20));
  EXPECT_TRUE(first->result());
  EXPECT_EQ(other.run(holdLock(other, seconds(1))), true);
}

TEST_F(FilesTest, ALockIsReleasedWhenItsHolderIsKilled) {
  FakeHost other(world, "/home/user/other");
  const auto first = host.spawn(holdLock(host, seconds(10)));
  EXPECT_TRUE(world.disk.locked("/lane"));
  world.loop.after(seconds(1), [&] { host.kill(); });
  world.loop.advance(seconds(2));
  EXPECT_TRUE(first->killed());
  EXPECT_EQ(other.run(holdLock(other, seconds(1))), true);
}

TEST_F(FilesTest, SomeFoldersCannotBeLocked) {
  world.disk.setUnlockable("/");
  EXPECT_EQ(failureOf(host.files.tryLock("log")), FileFailure::Denied);
}

// --- Clock, random, terminal, conversation

TEST(FakeHost, TheWallClockStepsBackTheMonotonicOneDoesNot) {
  World world;
  FakeHost host(world);
  const auto before = host.clock.now();
  world.loop.advance(seconds(5));
  EXPECT_EQ(host.clock.now(), before + 5'000'000);
  world.wall -= std::chrono::hours(1);
  EXPECT_LT(host.clock.now(), before);
  EXPECT_EQ(host.clock.monotonic(), seconds(5));
}

TEST(FakeHost, RandomBytesComeFromTheSeed) {
  World world;
  FakeHost a(world, "/a", 1), b(world, "/b", 1), c(world, "/c", 2);
  Bytes fromA(8), fromB(8), fromC(8);
  a.random.fill(fromA);
  b.random.fill(fromB);
  c.random.fill(fromC);
  EXPECT_EQ(fromA, fromB);
  EXPECT_NE(fromA, fromC);
}

TEST(FakeHost, AConversationAnswersByName) {
  World world;
  FakeHost host(world);
  host.conversation.answers["approve"] = {"yes", "no"};
  host.conversation.thinking = seconds(30);
  const auto ask = [&](std::string name) {
    return *host.run(host.conversation.ask({.name = std::move(name), .text = "?"}));
  };
  EXPECT_EQ(asText(ask("approve")->expose()), "yes");
  EXPECT_EQ(asText(ask("approve")->expose()), "no");
  EXPECT_FALSE(ask("approve"));
  EXPECT_FALSE(ask("other"));
  EXPECT_EQ(world.loop.now(), seconds(120));
  EXPECT_EQ(host.conversation.questions.size(), 4U);
}

TEST(FakeHost, KilledAtEachOfItsStepsItGetsNoFurther) {
  World world;
  FakeHost host(world);
  host.run(host.files.append("log", asBytes("x"), 0600));
  const auto steps = host.life.steps();
  EXPECT_EQ(steps, (std::vector<std::string>{"append", "append: written", "append: synced", "append: folder synced"}));
  for (std::size_t step = 1; step <= 3; ++step) {
    host.life.dieAt(step);
    EXPECT_FALSE(host.run(host.files.append("log", asBytes("x"), 0600))) << step;
    EXPECT_EQ(host.life.steps().size(), step);
  }
  EXPECT_TRUE(host.run(host.files.append("log", asBytes("x"), 0600)));
}

}  // namespace
}  // namespace peaqos::test
