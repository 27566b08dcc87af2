// SPDX-License-Identifier: Apache-2.0
#include "settled.hpp"

#include <emscripten.h>

#include <utility>

namespace peaqos::wasm {
namespace {

using emscripten::EM_VAL;
using emscripten::val;

EM_JS_DEPS(peaqosSettled, "$Emval");

// clang-format off
EM_JS(bool, isPromise, (EM_VAL value), {
  return Emval.toValue(value) instanceof Promise;
});
EM_JS(void, whenSettled, (EM_VAL promise, void* waiting), {
  Emval.toValue(promise).then(value => _peaqosSettled(waiting, Emval.toHandle(value)));
});
// clang-format on

extern "C" EMSCRIPTEN_KEEPALIVE void peaqosSettled(void* waiting, EM_VAL value) {
  static_cast<Settled*>(waiting)->settle(val::take_ownership(value));
}

}  // namespace

bool Settled::await_ready() const { return !isPromise(value_.as_handle()); }

void Settled::await_suspend(std::coroutine_handle<> waiter) {
  waiter_ = waiter;
  whenSettled(value_.as_handle(), this);
}

void Settled::settle(val value) {
  value_ = std::move(value);
  waiter_.resume();
}

}  // namespace peaqos::wasm
