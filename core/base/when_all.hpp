// Several tasks at once, all of them awaited.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <vector>

#include "base/task.hpp"

namespace peaqos {

namespace detail {

// Awaits the end of every task of a list; what they threw stays in them.
template <typename T>
class AllEnded {
 public:
  explicit AllEnded(std::vector<Task<T>>& tasks) : tasks_(tasks) {}
  AllEnded(const AllEnded&) = delete;
  AllEnded& operator=(const AllEnded&) = delete;

  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> awaiter) {
    awaiter_ = awaiter;
    running_ = tasks_.size() + 1;  // one more while they are started: an end within this loop must not resume
    for (Task<T>& task : tasks_) {
      if (task.start(&AllEnded::onEnd, this)) --running_;
    }
    return --running_ > 0;
  }
  void await_resume() const noexcept {}

 private:
  static void onEnd(void* self) {
    AllEnded& all = *static_cast<AllEnded*>(self);
    if (--all.running_ == 0) all.awaiter_.resume();
  }

  std::vector<Task<T>>& tasks_;
  std::coroutine_handle<> awaiter_;
  std::size_t running_ = 0;
};

}  // namespace detail

// Runs tasks concurrently and returns their values in their order. All have ended when it returns or throws; of several
// exceptions the one of the first task in the list is rethrown.
template <typename T>
Task<std::vector<T>> whenAll(std::vector<Task<T>> tasks) {
  co_await detail::AllEnded<T>(tasks);
  std::vector<T> values;
  values.reserve(tasks.size());
  for (Task<T>& task : tasks) values.push_back(task.result());
  co_return values;
}

inline Task<void> whenAll(std::vector<Task<void>> tasks) {
  co_await detail::AllEnded<void>(tasks);
  for (Task<void>& task : tasks) task.result();
}

}  // namespace peaqos
