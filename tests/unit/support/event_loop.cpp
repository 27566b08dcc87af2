// SPDX-License-Identifier: Apache-2.0
#include "support/event_loop.hpp"

#include <algorithm>

namespace peaqos::test {
namespace {

constexpr std::uint64_t kMostTurns = 10'000'000;

std::string inWords(microseconds time) {
  std::string fraction = std::to_string(time.count() % 1'000'000);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(time.count() / 1'000'000) + "." + fraction + " s";
}

}  // namespace

EventLoop::Key EventLoop::enqueue(microseconds time, std::function<void()> call) {
  const Key key{std::max(time, now_), ++lastEvent_};
  events_.emplace(key, std::move(call));
  return key;
}

void EventLoop::at(microseconds time, std::function<void()> call) { enqueue(time, std::move(call)); }

void EventLoop::turn() {
  const auto event = events_.extract(events_.begin());
  now_ = event.key().first;
  event.mapped()();
}

void EventLoop::runUntil(const std::function<bool()>& reached) {
  const microseconds deadline = now_ + patience_;
  for (std::uint64_t turns = 0; !reached(); ++turns) {
    if (events_.empty()) {
      throw Stuck("deadlock at " + inWords(now_) +
                  " of virtual time: a task waits, and nothing is left that could end "
                  "its wait");
    }
    if (turns == kMostTurns || events_.begin()->first.first > deadline) {
      throw Stuck("not done after " + inWords(patience_) + " of virtual time, or in a loop that lets no time pass");
    }
    turn();
  }
}

void EventLoop::advance(microseconds duration) {
  const microseconds end = now_ + duration;
  while (!events_.empty() && events_.begin()->first.first <= end) turn();
  now_ = end;
}

void EventLoop::Sleep::await_suspend(std::coroutine_handle<> sleeper) {
  sleeper_ = sleeper;
  waiting_ = true;
  key_ = loop_.enqueue(time_, [this] {
    waiting_ = false;
    sleeper_.resume();
  });
}

void EventLoop::Sleep::wake() {
  if (!waiting_) return;
  woken_ = true;
  loop_.events_.erase(key_);
  key_ = loop_.enqueue(loop_.now_, [this] {
    waiting_ = false;
    sleeper_.resume();
  });
}

}  // namespace peaqos::test
