// Awaiting what a JavaScript host function returned: a value, or a promise for one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <emscripten/val.h>

#include <coroutine>

namespace peaqos::wasm {

// embind's own `co_await val` loses rejections, so the host's promises never reject: they resolve to what lend.mjs
// documents, failures included.
class Settled {
 public:
  explicit Settled(emscripten::val value) : value_(std::move(value)) {}
  bool await_ready() const;
  void await_suspend(std::coroutine_handle<> waiter);
  emscripten::val await_resume() { return std::move(value_); }

  void settle(emscripten::val value);

 private:
  emscripten::val value_;
  std::coroutine_handle<> waiter_;
};

}  // namespace peaqos::wasm
