// SPDX-License-Identifier: Apache-2.0
#include "support/event_loop.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/concurrency.hpp"

namespace peaqos::test {
namespace {

Task<void> note(EventLoop& loop, microseconds after, std::string& log, char name) {
  co_await loop.sleep(after);
  log += name;
}

Task<int> sleepLong(EventLoop& loop) {
  co_await loop.sleep(std::chrono::hours(1));
  co_return 5;
}

TEST(EventLoop, SleepingTakesVirtualTimeOnly) {
  EventLoop loop;
  EXPECT_EQ(loop.run(sleepLong(loop)), 5);
  EXPECT_EQ(loop.now(), std::chrono::hours(1));
}

TEST(EventLoop, WakesInTheOrderOfTimeThenOfAsking) {
  EventLoop loop;
  std::string log;
  std::vector<Task<void>> tasks;
  tasks.push_back(note(loop, seconds(2), log, 'c'));
  tasks.push_back(note(loop, seconds(1), log, 'a'));
  tasks.push_back(note(loop, seconds(1), log, 'b'));
  loop.run(whenAll(std::move(tasks)));
  EXPECT_EQ(log, "abc");
}

Task<void> waitForNothing(WaitQueue& queue) { co_await queue.wait(); }

TEST(EventLoop, ReportsADeadlock) {
  EventLoop loop;
  WaitQueue queue;
  EXPECT_THROW(loop.run(waitForNothing(queue)), Stuck);
}

Task<void> spin(EventLoop& loop) {
  while (true) co_await loop.sleep(seconds(10));
}

TEST(EventLoop, ReportsATaskThatNeverEnds) {
  EventLoop loop;
  EXPECT_THROW(loop.run(spin(loop)), Stuck);
}

TEST(EventLoop, AdvanceRunsWhatIsDueAndNoMore) {
  EventLoop loop;
  std::string log;
  loop.after(seconds(1), [&] { log += 'a'; });
  loop.after(seconds(3), [&] { log += 'b'; });
  loop.advance(seconds(2));
  EXPECT_EQ(log, "a");
  EXPECT_EQ(loop.now(), seconds(2));
  loop.advance(seconds(1));
  EXPECT_EQ(log, "ab");
}

TEST(EventLoop, ForgetsASleeperThatIsDestroyed) {
  EventLoop loop;
  std::string log;
  {
    auto task = note(loop, seconds(1), log, 'x');
    task.start();
  }
  loop.advance(seconds(2));
  EXPECT_EQ(log, "");
}

Task<bool> wholeSleep(EventLoop::Sleep& sleep) { co_return co_await sleep; }

TEST(EventLoop, WakeEndsASleepEarly) {
  EventLoop loop;
  auto sleep = loop.sleep(seconds(10));
  loop.after(seconds(1), [&] { sleep.wake(); });
  EXPECT_FALSE(loop.run(wholeSleep(sleep)));
  EXPECT_EQ(loop.now(), seconds(1));
}

}  // namespace
}  // namespace peaqos::test
