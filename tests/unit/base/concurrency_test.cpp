// SPDX-License-Identifier: Apache-2.0
#include "base/concurrency.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace peaqos {
namespace {

constexpr int kMany = 20'000;

Task<int> now(int value) { co_return value; }

Task<void> nothing() { co_return; }

Task<int> later(WaitQueue& queue, int value) {
  co_await queue.wait();
  co_return value;
}

Task<void> laterVoid(WaitQueue& queue, int& count) {
  co_await queue.wait();
  ++count;
}

Task<void> fail(WaitQueue* queue, std::string why) {
  if (queue) co_await queue->wait();
  throw std::runtime_error(why);
}

std::string thrownBy(Task<void>& task) {
  try {
    task.result();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing";
}

template <typename T, typename... Tasks>
std::vector<Task<T>> list(Tasks... tasks) {
  std::vector<Task<T>> all;
  (all.push_back(std::move(tasks)), ...);
  return all;
}

// --- whenAll

TEST(WhenAll, ReturnsTheValuesInTheOrderOfTheTasks) {
  WaitQueue first, second;
  auto all = whenAll(list<int>(later(first, 1), now(2), later(second, 3)));
  all.start();
  second.wakeOne();
  EXPECT_FALSE(all.done());
  first.wakeOne();
  ASSERT_TRUE(all.done());
  EXPECT_EQ(all.result(), (std::vector<int>{1, 2, 3}));
}

TEST(WhenAll, OfNothingEndsAtOnce) {
  auto all = whenAll(std::vector<Task<int>>());
  all.start();
  ASSERT_TRUE(all.done());
  EXPECT_TRUE(all.result().empty());
}

TEST(WhenAll, AwaitsTheOthersBeforeItThrows) {
  WaitQueue queue;
  int ended = 0;
  auto all = whenAll(list<void>(fail(nullptr, "first"), laterVoid(queue, ended)));
  all.start();
  EXPECT_FALSE(all.done());
  queue.wakeOne();
  ASSERT_TRUE(all.done());
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(thrownBy(all), "first");
}

TEST(WhenAll, ThrowsWhatTheFirstTaskOfTheListThrew) {
  WaitQueue slow;
  auto all = whenAll(list<void>(fail(&slow, "a"), fail(nullptr, "b")));
  all.start();
  slow.wakeOne();
  EXPECT_EQ(thrownBy(all), "a");
}

Task<void> wake(WaitQueue& queue) {
  queue.wakeAll();
  co_return;
}

TEST(WhenAll, AwaitsTasksThatEndWhileTheOthersAreStarted) {
  WaitQueue queue, last;
  int ended = 0;
  auto all = whenAll(list<void>(laterVoid(queue, ended), wake(queue), laterVoid(last, ended)));
  all.start();
  EXPECT_EQ(ended, 1);
  EXPECT_FALSE(all.done());
  last.wakeOne();
  EXPECT_TRUE(all.done());
}

Task<std::vector<int>> manyNow() {
  std::vector<Task<int>> tasks;
  for (int i = 0; i < kMany; ++i) tasks.push_back(now(i));
  co_return co_await whenAll(std::move(tasks));
}

Task<int> manyPairs() {
  int sum = 0;
  for (int i = 0; i < kMany; ++i) sum += static_cast<int>((co_await whenAll(list<int>(now(1), now(1)))).size());
  co_return sum;
}

TEST(WhenAll, TakesManyImmediateTasksOnAFlatStack) {
  auto wide = manyNow();
  wide.start();
  EXPECT_EQ(wide.result().back(), kMany - 1);
  auto deep = manyPairs();
  deep.start();
  EXPECT_EQ(deep.result(), 2 * kMany);
}

TEST(WhenAll, TakesManyTasksThatOneCallWakes) {
  WaitQueue queue;
  int ended = 0;
  std::vector<Task<void>> tasks;
  for (int i = 0; i < kMany; ++i) tasks.push_back(laterVoid(queue, ended));
  auto all = whenAll(std::move(tasks));
  all.start();
  queue.wakeAll();
  EXPECT_TRUE(all.done());
  EXPECT_EQ(ended, kMany);
}

TEST(WhenAll, DestroyedWhileItWaitsDestroysItsTasks) {
  WaitQueue queue;
  int ended = 0;
  {
    auto all = whenAll(list<void>(laterVoid(queue, ended), laterVoid(queue, ended)));
    all.start();
    EXPECT_FALSE(queue.empty());
  }
  EXPECT_TRUE(queue.empty());
}

// --- TaskGroup

struct Load {
  WaitQueue gate;
  int running = 0, most = 0, ended = 0;
};

Task<void> job(Load& load) {
  load.most = std::max(load.most, ++load.running);
  co_await load.gate.wait();
  --load.running;
  ++load.ended;
}

Task<void> produce(TaskGroup& group, Load& load, int count) {
  for (int i = 0; i < count; ++i) co_await group.run(job(load));
  co_await group.join();
}

TEST(TaskGroup, RunsNoMoreThanItsLimit) {
  Load load;
  TaskGroup group(3);
  auto all = produce(group, load, 10);
  all.start();
  EXPECT_EQ(load.running, 3);
  load.gate.wakeOne();
  EXPECT_EQ(load.running, 3);
  while (!load.gate.empty()) load.gate.wakeOne();
  EXPECT_TRUE(all.done());
  EXPECT_EQ(load.most, 3);
  EXPECT_EQ(load.ended, 10);
}

TEST(TaskGroup, JoinOfAnEmptyGroupEndsAtOnce) {
  TaskGroup group(1);
  auto join = group.join();
  join.start();
  EXPECT_TRUE(join.done());
}

Task<void> runThree(TaskGroup& group, Load& load, WaitQueue& queue) {
  co_await group.run(fail(&queue, "late"));
  co_await group.run(fail(nullptr, "early"));
  co_await group.run(job(load));
  co_await group.join();
}

TEST(TaskGroup, JoinAwaitsAllAndThrowsWhatWasThrownFirst) {
  Load load;
  WaitQueue queue;
  TaskGroup group(3);
  auto all = runThree(group, load, queue);
  all.start();
  queue.wakeOne();
  EXPECT_FALSE(all.done());
  load.gate.wakeOne();
  ASSERT_TRUE(all.done());
  EXPECT_EQ(thrownBy(all), "early");

  auto again = group.join();
  again.start();
  EXPECT_EQ(thrownBy(again), "nothing");
}

Task<void> runMany(TaskGroup& group, int count) {
  for (int i = 0; i < count; ++i) co_await group.run(nothing());
  co_await group.join();
}

TEST(TaskGroup, TakesManyImmediateTasksOnAFlatStack) {
  TaskGroup group(2);
  auto all = runMany(group, kMany);
  all.start();
  EXPECT_TRUE(all.done());
}

TEST(TaskGroup, LetsManyProducersInOnAFlatStack) {
  Load load;
  TaskGroup group(1);
  auto first = group.run(job(load));
  first.start();
  std::vector<Task<void>> producers;
  for (int i = 0; i < kMany; ++i) producers.push_back(group.run(nothing()));
  for (auto& producer : producers) producer.start();
  load.gate.wakeOne();
  EXPECT_TRUE(producers.back().done());
}

Task<void> ownGroup(Load& load) {
  TaskGroup group(1);
  co_await group.run(job(load));
  co_await group.run(nothing());
  co_await group.join();
}

TEST(TaskGroup, MayBeDestroyedByTheProducerThatItWakes) {
  Load load;
  auto all = ownGroup(load);
  all.start();
  load.gate.wakeOne();
  EXPECT_TRUE(all.done());
}

TEST(TaskGroup, DestroyedDestroysTheTasksThatWait) {
  Load load;
  auto all = std::make_unique<Task<void>>(ownGroup(load));
  all->start();
  all.reset();
  EXPECT_TRUE(load.gate.empty());
}

// --- Channel

Task<void> pushAll(Channel<int>& channel, int count) {
  for (int i = 0; i < count; ++i) co_await channel.push(i);
  channel.close();
}

Task<std::vector<int>> popAll(Channel<int>& channel) {
  std::vector<int> values;
  while (const auto value = co_await channel.pop()) values.push_back(*value);
  co_return values;
}

TEST(Channel, HandsValuesOverInTheirOrder) {
  for (const std::size_t capacity : {0U, 1U, 3U, 100U}) {
    Channel<int> channel(capacity);
    auto push = pushAll(channel, 5);
    auto pop = popAll(channel);
    push.start();
    pop.start();
    ASSERT_TRUE(push.done() && pop.done());
    EXPECT_EQ(pop.result(), (std::vector<int>{0, 1, 2, 3, 4}));
  }
}

TEST(Channel, HandsManyValuesOverOnAFlatStack) {
  for (const bool popperFirst : {false, true}) {
    Channel<int> channel(1);
    auto push = pushAll(channel, kMany);
    auto pop = popAll(channel);
    if (popperFirst) pop.start();
    push.start();
    if (!popperFirst) pop.start();
    ASSERT_TRUE(push.done() && pop.done());
    EXPECT_EQ(pop.result().size(), static_cast<std::size_t>(kMany));
  }
}

TEST(Channel, PushWaitsWhileItIsFull) {
  Channel<int> channel(1);
  auto first = channel.push(1), second = channel.push(2);
  first.start();
  second.start();
  EXPECT_TRUE(first.done());
  EXPECT_FALSE(second.done());
  auto pop = channel.pop();
  pop.start();
  EXPECT_EQ(pop.result(), 1);
  EXPECT_TRUE(second.done());
}

TEST(Channel, ClosedTakesNoMoreAndGivesWhatItHas) {
  Channel<int> channel(1);
  auto kept = channel.push(1), dropped = channel.push(2);
  kept.start();
  dropped.start();
  channel.close();
  EXPECT_FALSE(dropped.result());
  auto late = channel.push(3);
  late.start();
  EXPECT_FALSE(late.result());

  auto value = channel.pop(), end = channel.pop();
  value.start();
  end.start();
  EXPECT_EQ(value.result(), 1);
  EXPECT_EQ(end.result(), std::nullopt);
}

TEST(Channel, CloseEndsEveryPopThatWaits) {
  Channel<int> channel(1);
  auto a = channel.pop(), b = channel.pop();
  a.start();
  b.start();
  channel.close();
  EXPECT_EQ(a.result(), std::nullopt);
  EXPECT_EQ(b.result(), std::nullopt);
}

TEST(Channel, GivesEachValueToOnePopper) {
  Channel<int> channel(2);
  auto a = popAll(channel), b = popAll(channel);
  a.start();
  b.start();
  auto push = pushAll(channel, 100);
  push.start();
  EXPECT_EQ(a.result().size() + b.result().size(), 100U);
}

TEST(Channel, CarriesMoveOnlyValues) {
  Channel<std::unique_ptr<int>> channel(1);
  auto push = channel.push(std::make_unique<int>(4));
  push.start();
  auto pop = channel.pop();
  pop.start();
  EXPECT_EQ(**pop.result(), 4);
}

TEST(Channel, ForgetsAWaiterThatIsDestroyed) {
  Channel<int> channel(1);
  {
    auto pop = channel.pop();
    pop.start();
  }
  auto push = channel.push(1);
  push.start();
  EXPECT_TRUE(push.done());
}

// --- CancelToken

TEST(CancelToken, WithoutSourceIsNeverCancelled) {
  const CancelToken token;
  EXPECT_FALSE(token.cancelled());
  const auto registration = token.onCancel([] { FAIL(); });
}

TEST(CancelToken, SeesTheSourcesCancellation) {
  CancelSource source;
  const CancelToken token = source.token(), copy = token;
  source.cancel();
  EXPECT_TRUE(token.cancelled() && copy.cancelled() && source.cancelled());
}

TEST(CancelToken, CallsBackOnceInTheOrderOfRegistration) {
  CancelSource source;
  std::string log;
  const auto a = source.token().onCancel([&] { log += 'a'; });
  const auto b = source.token().onCancel([&] { log += 'b'; });
  {
    const auto gone = source.token().onCancel([&] { log += 'x'; });
  }
  source.cancel();
  source.cancel();
  const auto late = source.token().onCancel([&] { log += 'l'; });
  EXPECT_EQ(log, "abl");
}

TEST(CancelToken, CallbacksMayWithdrawOthersAndDestroyTheSource) {
  auto source = std::make_unique<CancelSource>();
  CancelRegistration other;
  const auto first = source->token().onCancel([&] {
    other = {};
    source.reset();
  });
  other = source->token().onCancel([] { FAIL(); });
  source->cancel();
  EXPECT_EQ(source, nullptr);
}

Task<bool> sleepUntilCancelled(WaitQueue& queue, CancelToken token) {
  const auto registration = token.onCancel([&queue] { queue.wakeAll(); });
  while (!token.cancelled()) co_await queue.wait();
  co_return true;
}

TEST(CancelToken, WakesASleeper) {
  WaitQueue queue;
  CancelSource source;
  auto sleeper = sleepUntilCancelled(queue, source.token());
  sleeper.start();
  EXPECT_FALSE(sleeper.done());
  source.cancel();
  EXPECT_TRUE(sleeper.done());
}

}  // namespace
}  // namespace peaqos
