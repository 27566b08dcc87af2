// SPDX-License-Identifier: Apache-2.0
#include "base/task.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "base/wait_queue.hpp"

namespace peaqos {
namespace {

Task<int> immediate(int value) { co_return value; }

Task<int> failing(std::string why) {
  throw std::runtime_error(why);
  co_return 0;
}

Task<int> sumOfImmediate(int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += co_await immediate(1);
  co_return sum;
}

// Sets a flag when it is destroyed.
struct Witness {
  explicit Witness(bool& flag) : gone(&flag) {}
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
  ~Witness() { *gone = true; }
  bool* gone;
};

Task<int> waitOn(WaitQueue& queue, bool& gone) {
  const Witness witness(gone);
  co_await queue.wait();
  co_return 7;
}

Task<int> waitOnBelow(WaitQueue& queue, bool& gone) { co_return 1 + co_await waitOn(queue, gone); }

TEST(Task, DoesNotRunBeforeItIsStarted) {
  bool gone = false;
  WaitQueue queue;
  const Task<int> task = waitOn(queue, gone);
  EXPECT_TRUE(queue.empty());
}

TEST(Task, ReturnsTheValueOfACoroutineThatNeverWaits) {
  Task<int> task = immediate(3);
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.result(), 3);
}

TEST(Task, AwaitsManyImmediateTasksOnAFlatStack) {
  Task<int> task = sumOfImmediate(50'000);
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.result(), 50'000);
}

TEST(Task, ResumesItsAwaiterWhenItEndsLater) {
  bool gone = false;
  WaitQueue queue;
  Task<int> task = waitOnBelow(queue, gone);
  task.start();
  EXPECT_FALSE(task.done());
  queue.wakeOne();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.result(), 8);
  EXPECT_TRUE(gone);
}

Task<std::string> whatIsCaught(WaitQueue& queue) {
  std::string caught;
  try {
    co_await queue.wait();
    co_await failing("because");
  } catch (const std::runtime_error& error) {
    caught = error.what();
  }
  co_return caught;
}

TEST(Task, RethrowsToItsAwaiter) {
  WaitQueue queue;
  Task<std::string> task = whatIsCaught(queue);
  task.start();
  queue.wakeOne();
  EXPECT_EQ(task.result(), "because");
}

TEST(Task, KeepsItsExceptionForTheLoopThatStartedIt) {
  Task<int> task = failing("because");
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_THROW(task.result(), std::runtime_error);
}

TEST(Task, DestroyedWhileItWaitsTakesItsWholeTreeAlong) {
  bool gone = false;
  WaitQueue queue;
  {
    Task<int> task = waitOnBelow(queue, gone);
    task.start();
    EXPECT_FALSE(gone);
  }
  EXPECT_TRUE(gone);
  EXPECT_TRUE(queue.empty());
  queue.wakeAll();
}

TEST(Task, CallsOnEndOnlyIfItDidNotEndAtOnce) {
  int calls = 0;
  const auto count = [](void* context) { ++*static_cast<int*>(context); };
  Task<int> early = immediate(1);
  EXPECT_TRUE(early.start(count, &calls));
  EXPECT_EQ(calls, 0);

  bool gone = false;
  WaitQueue queue;
  Task<int> late = waitOn(queue, gone);
  EXPECT_FALSE(late.start(count, &calls));
  EXPECT_EQ(calls, 0);
  queue.wakeOne();
  EXPECT_EQ(calls, 1);
}

TEST(Task, MayBeDestroyedByOnEnd) {
  bool gone = false;
  WaitQueue queue;
  auto task = std::make_unique<Task<int>>(waitOn(queue, gone));
  task->start([](void* context) { static_cast<std::unique_ptr<Task<int>>*>(context)->reset(); }, &task);
  queue.wakeOne();
  EXPECT_EQ(task, nullptr);
  EXPECT_TRUE(gone);
}

Task<void> waitOnce(WaitQueue& queue, std::string& log, char name) {
  co_await queue.wait();
  log += name;
}

Task<void> waitTwice(WaitQueue& queue, std::string& log, char name) {
  co_await queue.wait();
  log += name;
  co_await queue.wait();
  log += name;
}

TEST(WaitQueue, WakesInTheOrderOfWaiting) {
  WaitQueue queue;
  std::string log;
  Task<void> a = waitOnce(queue, log, 'a'), b = waitOnce(queue, log, 'b');
  a.start();
  b.start();
  queue.wakeOne();
  EXPECT_EQ(log, "a");
  queue.wakeOne();
  EXPECT_EQ(log, "ab");
  queue.wakeOne();
}

TEST(WaitQueue, WakeAllLeavesThoseThatWaitAgain) {
  WaitQueue queue;
  std::string log;
  Task<void> a = waitTwice(queue, log, 'a'), b = waitOnce(queue, log, 'b');
  a.start();
  b.start();
  queue.wakeAll();
  EXPECT_EQ(log, "ab");
  EXPECT_FALSE(queue.empty());
  queue.wakeAll();
  EXPECT_EQ(log, "aba");
}

Task<void> destroyOther(WaitQueue& queue, std::unique_ptr<Task<void>>& other) {
  co_await queue.wait();
  other.reset();
}

TEST(WaitQueue, SkipsAWaiterThatAnotherOneDestroyed) {
  WaitQueue queue;
  std::string log;
  auto victim = std::make_unique<Task<void>>(waitOnce(queue, log, 'v'));
  Task<void> killer = destroyOther(queue, victim);
  killer.start();
  victim->start();
  queue.wakeAll();
  EXPECT_TRUE(killer.done());
  EXPECT_EQ(log, "");
}

Task<void> destroyQueue(WaitQueue& waitIn, std::unique_ptr<WaitQueue>& queue) {
  co_await waitIn.wait();
  queue.reset();
}

TEST(WaitQueue, MayBeDestroyedByAWaiterThatItWakes) {
  auto queue = std::make_unique<WaitQueue>();
  std::string log;
  Task<void> killer = destroyQueue(*queue, queue), other = waitOnce(*queue, log, 'o');
  killer.start();
  other.start();
  queue->wakeAll();
  EXPECT_EQ(queue, nullptr);
  EXPECT_EQ(log, "o");
}

}  // namespace
}  // namespace peaqos
