// One deterministic event loop with virtual time: a test that sleeps for an hour takes microseconds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <coroutine>
#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include "base/task.hpp"

namespace peaqos::test {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Thrown by EventLoop when the awaited thing can never happen; an uncaught one fails the test with its message.
struct Stuck : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Everything in a test world happens on one loop, in the order of virtual time, and at one time in the order in which
// it was asked for. Time passes only while the loop runs and has nothing else to do.
class EventLoop {
 public:
  EventLoop() = default;
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Virtual time since the loop was made.
  microseconds now() const { return now_; }

  // Runs a task, and whatever else is due, to the task's end; returns or throws its outcome. Throws Stuck if the task
  // waits for something that nothing will do, or if it has not ended after patience().
  template <typename T>
  T run(Task<T> task) {
    task.start();
    runUntil([&task] { return task.done(); });
    return task.result();
  }

  // Runs until `reached` returns true. Throws Stuck as run() does.
  void runUntil(const std::function<bool()>& reached);

  // Runs everything that is due within a time from now, and lets that time pass.
  void advance(microseconds duration);

  // Calls a function at a point in time (now at the earliest), from the loop: no coroutine is running then.
  void at(microseconds time, std::function<void()> call);
  void after(microseconds delay, std::function<void()> call) { at(now_ + delay, std::move(call)); }

  // Awaits the passing of a time. A destroyed sleeper leaves the loop; wake() ends its sleep early.
  class Sleep {
   public:
    Sleep(EventLoop& loop, microseconds duration) : loop_(loop), time_(loop.now_ + duration) {}
    Sleep(const Sleep&) = delete;
    Sleep& operator=(const Sleep&) = delete;
    ~Sleep() {
      if (waiting_) loop_.events_.erase(key_);
    }
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> sleeper);
    // False if wake() ended it.
    bool await_resume() const noexcept { return !woken_; }
    // The sleeper goes on soon, from the loop.
    void wake();

   private:
    EventLoop& loop_;
    microseconds time_;
    std::coroutine_handle<> sleeper_;
    std::pair<microseconds, std::uint64_t> key_;
    bool waiting_ = false;
    bool woken_ = false;
  };
  Sleep sleep(microseconds duration) { return {*this, duration}; }

  // How much virtual time one run may take; a day unless a test needs more.
  void setPatience(microseconds patience) { patience_ = patience; }

 private:
  using Key = std::pair<microseconds, std::uint64_t>;
  Key enqueue(microseconds time, std::function<void()> call);
  void turn();

  microseconds now_{0};
  microseconds patience_ = std::chrono::hours(24);
  std::uint64_t lastEvent_ = 0;
  std::map<Key, std::function<void()>> events_;
};

}  // namespace peaqos::test
