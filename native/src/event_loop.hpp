// One thread's event loop: HTTP exchanges, timers and the signals that end a process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <coroutine>
#include <map>
#include <optional>

#include "base/task.hpp"

namespace peaqos::native {

// Owns the curl_multi handle, if there is one: many commands make no request. Everything runs on the thread that calls
// run().
class EventLoop {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  EventLoop() = default;
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Runs a task to its end and returns or throws its outcome.
  template <typename T>
  T run(Task<T> task) {
    task.start();
    while (!task.done()) turn();
    return task.result();
  }

  // Awaits a curl transfer, or nothing when it was cancelled. The handle stays the caller's.
  auto transfer(CURL* handle) {
    struct Awaiter {
      EventLoop& loop;
      CURL* handle;
      Transfer state = {};
      bool await_ready() const { return loop.interrupted_; }
      void await_suspend(std::coroutine_handle<> waiter) {
        state.waiter = waiter;
        loop.add(handle, state);
      }
      std::optional<CURLcode> await_resume() const { return state.outcome; }
    };
    return Awaiter{*this, handle};
  }

  // Awaits a point in time; false when the wait was cut short.
  auto until(TimePoint time) {
    struct Awaiter {
      EventLoop& loop;
      TimePoint time;
      bool await_ready() const { return loop.interrupted_; }
      void await_suspend(std::coroutine_handle<> waiter) { loop.timers_.emplace(time, waiter); }
      bool await_resume() const { return !loop.interrupted_; }
    };
    return Awaiter{*this, time};
  }

  // Ends the transfers under way: each resumes without an outcome.
  void cancelTransfers();

  // From now on SIGINT, SIGTERM and SIGHUP end every wait, running and to come, instead of the process; a second one of
  // the same kind ends the process. One that is ignored stays so (nohup).
  void catchInterrupts();
  // Waits until a descriptor can be read; false after one of these signals.
  static bool waitReadable(int descriptor);
  static bool interrupted() { return signal() != 0; }
  // The first of these signals that came; 0 before.
  static int signal();

 private:
  struct Transfer {
    std::coroutine_handle<> waiter;
    std::optional<CURLcode> outcome;
  };

  CURLM* multi();  // made for the first transfer or wait
  void add(CURL* handle, Transfer& transfer);
  void turn();
  void finish(CURL* handle, std::optional<CURLcode> outcome);
  void fireTimers(TimePoint until);
  void interruptWaits();

  CURLM* multi_ = nullptr;
  std::map<CURL*, Transfer*> transfers_;
  std::multimap<TimePoint, std::coroutine_handle<>> timers_;
  bool interrupted_ = false;
};

}  // namespace peaqos::native
