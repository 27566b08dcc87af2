// A std::function for coroutines.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>

#include "base/task.hpp"

namespace peaqos {

template <typename Signature>
class TaskFunction;

// Holds anything that returns Task<T> when it is called. std::function cannot: its inner functions hand the task on
// without being marked as wrappers (coroutine_attributes.hpp), so that clang rejects them. Copies share the callable.
template <typename T, typename... Arguments>
class TaskFunction<Task<T>(Arguments...)> {
 public:
  TaskFunction() = default;
  template <typename Callable>
  TaskFunction(Callable callable)  // NOLINT(google-explicit-constructor): as std::function
      : callable_(std::make_shared<Holder<Callable>>(std::move(callable))) {}

  explicit operator bool() const { return callable_ != nullptr; }

  PEAQOS_CORO_WRAPPER Task<T> operator()(Arguments... arguments) const {
    return callable_->call(std::move(arguments)...);
  }

 private:
  struct Base {
    virtual ~Base() = default;
    PEAQOS_CORO_WRAPPER virtual Task<T> call(Arguments... arguments) = 0;
  };

  template <typename Callable>
  struct Holder final : Base {
    explicit Holder(Callable held) : callable(std::move(held)) {}
    PEAQOS_CORO_WRAPPER Task<T> call(Arguments... arguments) override { return callable(std::move(arguments)...); }
    Callable callable;
  };

  std::shared_ptr<Base> callable_;
};

}  // namespace peaqos
