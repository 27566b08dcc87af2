// The transport probe over emscripten_fetch: perform(script, lent host) resolves to the outcomes.
// SPDX-License-Identifier: Apache-2.0
#include <emscripten/bind.h>

#include <string>
#include <utility>

#include "js_host.hpp"
#include "script.hpp"

namespace peaqos::probe {
namespace {

using emscripten::val;

val performFor(std::string script, val object) {
  wasm::JsHost lent(std::move(object));
  co_return val(co_await perform(std::move(script), lent.host()));
}

}  // namespace

EMSCRIPTEN_BINDINGS(probe) { emscripten::function("perform", &performFor); }

}  // namespace peaqos::probe
