// A queue between coroutines of one event loop.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "base/task.hpp"
#include "base/wait_queue.hpp"

namespace peaqos {

// Holds at most `capacity` values (at least one): push() waits while it is full, pop() while it is empty. Any number of
// coroutines may push and pop. It must outlive those that wait on it.
template <typename T>
class Channel {
 public:
  explicit Channel(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

  // Returns false, and drops the value, if the channel is closed.
  Task<bool> push(T value) {
    while (!closed_ && values_.size() >= capacity_) co_await notFull_.wait();
    if (closed_) co_return false;
    values_.push_back(std::move(value));
    notEmpty_.wakeOne();
    co_return true;
  }

  // The oldest value; std::nullopt once the channel is closed and drained.
  Task<std::optional<T>> pop() {
    while (!closed_ && values_.empty()) co_await notEmpty_.wait();
    if (values_.empty()) co_return std::nullopt;
    std::optional<T> value(std::move(values_.front()));
    values_.pop_front();
    notFull_.wakeOne();
    co_return value;
  }

  // No more values: ends every push() that waits, and every pop() once the values in it are taken.
  void close() {
    closed_ = true;
    // Nobody waits for room while somebody waits for a value. Whoever is woken may destroy the channel.
    (notFull_.empty() ? notEmpty_ : notFull_).wakeAll();
  }

  bool closed() const { return closed_; }

 private:
  std::size_t capacity_;
  bool closed_ = false;
  std::deque<T> values_;
  WaitQueue notFull_;
  WaitQueue notEmpty_;
};

}  // namespace peaqos
