// SPDX-License-Identifier: Apache-2.0
#include "host/wait_for_lock.hpp"

#include <gtest/gtest.h>

#include "support/fake_host.hpp"

namespace peaqos::host {
namespace {

using std::chrono::seconds;

struct WaitForLockTest : testing::Test {
  test::World world;
  test::FakeHost one{world}, other{world};
  int said = 0;
  WaitForLockTest() { world.disk.makeFolder("/home/user/project"); }

  std::unique_ptr<FileLock> wait(seconds patience) {
    return std::move(*one.run(waitForLock(one.lent(), "log", patience, [this] { ++said; })));
  }
};

TEST_F(WaitForLockTest, AFreeLockIsTakenAtOnce) {
  EXPECT_TRUE(wait(seconds(0)));
  EXPECT_EQ(world.loop.now().count(), 0);
  EXPECT_EQ(said, 0);
}

TEST_F(WaitForLockTest, AHeldOneIsWaitedForAndSaidOnce) {
  auto held = other.run(other.files.tryLock("log"));
  world.loop.after(seconds(5), [&] { held->reset(); });
  EXPECT_TRUE(wait(seconds(60)));
  EXPECT_GE(world.loop.now(), seconds(5));
  EXPECT_LT(world.loop.now(), seconds(6));
  EXPECT_EQ(said, 1);
}

TEST_F(WaitForLockTest, AShortWaitIsNotSaid) {
  auto held = other.run(other.files.tryLock("log"));
  world.loop.after(std::chrono::milliseconds(500), [&] { held->reset(); });
  EXPECT_TRUE(wait(seconds(60)));
  EXPECT_EQ(said, 0);
}

TEST_F(WaitForLockTest, PatienceEnds) {
  const auto held = other.run(other.files.tryLock("log"));
  EXPECT_FALSE(wait(seconds(3)));
  EXPECT_GE(world.loop.now(), seconds(3));
}

TEST_F(WaitForLockTest, AStepOfTheDateChangesNothing) {
  const auto held = other.run(other.files.tryLock("log"));
  world.loop.after(seconds(1), [&] { world.wall -= seconds(86'400); });
  EXPECT_FALSE(wait(seconds(3)));
  EXPECT_LT(world.loop.now(), seconds(4));
}

TEST_F(WaitForLockTest, AFolderThatHoldsNoLocksThrows) {
  world.disk.setUnlockable("/home/user/project");
  EXPECT_THROW(wait(seconds(3)), FileError);
}

}  // namespace
}  // namespace peaqos::host
