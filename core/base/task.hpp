// Task<T>: the coroutine type of every operation that may wait for I/O.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

#include "base/coroutine_attributes.hpp"

namespace peaqos {

// A lazy coroutine: it starts when it is awaited, and its exception is rethrown to the awaiter.
//
// Lifetime. A coroutine keeps its parameters, not what they refer to: a reference, a view or `this` must outlive the
// task. Within one `co_await f(...)` that always holds. Where a task is stored, put into whenAll() or given to a
// TaskGroup, pass by value what would die first; clang warns about temporaries (coro_lifetimebound). Never make a
// coroutine of a lambda with captures: the captures die with the lambda object.
//
// Destroying a task that waits ends it, and everything that it awaits, on the spot: locals are destroyed, nothing after
// the wait runs. The awaitable at the bottom must then withdraw its handle from whoever would resume it (WaitQueue
// does). Do not destroy a task whose bottom awaitable cannot: await it instead.
//
// There is no symmetric transfer on purpose. WebAssembly without tail calls turns it into nested calls, and a long
// loop over tasks that finish at once then overflows the stack. Here a task that finishes at once never suspends
// its awaiter, so the stack stays flat on every platform.
template <typename T>
class [[nodiscard]] Task;

namespace detail {

struct PromiseBase {
  // Called once the task has ended, if it did not end at once; it may destroy the task.
  void (*onEnd)(void* context) = nullptr;
  void* context = nullptr;
  std::exception_ptr exception;

  struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    template <typename Promise>
    void await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      if (const auto call = self.promise().onEnd) call(self.promise().context);
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  FinalAwaiter final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { exception = std::current_exception(); }
};

template <typename T>
struct Promise : PromiseBase {
  std::optional<T> value;
  PEAQOS_CORO_WRAPPER Task<T> get_return_object();
  template <typename U>
  void return_value(U&& v) {
    value.emplace(std::forward<U>(v));
  }
  T take() {
    if (exception) std::rethrow_exception(exception);
    return std::move(*value);
  }
};

template <>
struct Promise<void> : PromiseBase {
  PEAQOS_CORO_WRAPPER Task<void> get_return_object();
  void return_void() const noexcept {}
  void take() const {
    if (exception) std::rethrow_exception(exception);
  }
};

}  // namespace detail

template <typename T>
class [[nodiscard]] PEAQOS_CORO_TYPE Task {
 public:
  using promise_type = detail::Promise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  explicit Task(Handle handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> awaiter) {
    // A task that finishes without waiting: the awaiter goes on in the same frame.
    return !start([](void* frame) { std::coroutine_handle<>::from_address(frame).resume(); }, awaiter.address());
  }
  T await_resume() { return handle_.promise().take(); }

  // For an event loop at the edge of a program: starts the task without an awaiter; it may stop at its first wait.
  void start() { handle_.resume(); }
  // Starts the task. Returns true if it finished at once; otherwise onEnd(context) is called when it has ended, from
  // within its final suspension, so that the call may destroy the task.
  bool start(void (*onEnd)(void* context), void* context) {
    handle_.resume();
    if (handle_.done()) return true;
    handle_.promise().onEnd = onEnd;
    handle_.promise().context = context;
    return false;
  }
  bool done() const { return handle_.done(); }
  // The outcome of a task that is done(): its value, or its exception thrown.
  T result() { return handle_.promise().take(); }

 private:
  Handle handle_;
};

template <typename T>
Task<T> detail::Promise<T>::get_return_object() {
  return Task<T>(Task<T>::Handle::from_promise(*this));
}

inline Task<void> detail::Promise<void>::get_return_object() {
  return Task<void>(Task<void>::Handle::from_promise(*this));
}

}  // namespace peaqos
