// Task<T>: the coroutine type of every operation that may wait for I/O.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace peaqos {

// A lazy coroutine: it starts when it is awaited, and its exception is rethrown to the awaiter.
//
// There is no symmetric transfer on purpose. WebAssembly without tail calls turns it into nested calls, and a long
// loop over tasks that finish at once then overflows the stack. Here a task that finishes at once never suspends
// its awaiter, so the stack stays flat on every platform.
template <typename T>
class [[nodiscard]] Task;

namespace detail {

struct PromiseBase {
  std::coroutine_handle<> continuation;
  bool awaiterSuspended = false;  // the awaiter went to sleep and has to be resumed when this task ends
  std::exception_ptr exception;

  struct FinalAwaiter {
    bool await_ready() const noexcept { return false; }
    template <typename Promise>
    void await_suspend(std::coroutine_handle<Promise> self) const noexcept {
      if (self.promise().awaiterSuspended) self.promise().continuation.resume();
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
  Task<T> get_return_object();
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
  Task<void> get_return_object();
  void return_void() const noexcept {}
  void take() const {
    if (exception) std::rethrow_exception(exception);
  }
};

}  // namespace detail

template <typename T>
class [[nodiscard]] Task {
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
    handle_.promise().continuation = awaiter;
    handle_.resume();
    if (handle_.done()) return false;  // finished without waiting: the awaiter goes on in the same frame
    handle_.promise().awaiterSuspended = true;
    return true;
  }
  T await_resume() { return handle_.promise().take(); }

  // For an event loop at the edge of a program: starts the task without an awaiter; it may stop at its first wait.
  void start() { handle_.resume(); }
  bool done() const { return handle_.done(); }
  // The outcome of a task that is done().
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
