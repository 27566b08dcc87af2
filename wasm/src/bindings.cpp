// What JavaScript sees of the core: a whole command line, a typed operation, and the end of either.
// SPDX-License-Identifier: Apache-2.0
#include <emscripten/bind.h>

#include <cstdint>
#include <string>
#include <utility>

#include "app/operations.hpp"
#include "cli/run.hpp"
#include "js_host.hpp"
#include "settled.hpp"

namespace peaqos::wasm {
namespace {

using emscripten::val;

// Resolves to the exit code of a command line.
val run(val arguments, val object) {
  JsHost lent(std::move(object));
  co_return val(co_await cli::run(emscripten::vecFromJSArray<std::string>(arguments), lent.host(), lent.agents(),
                                  &lent.display()));
}

// Asks the object that JavaScript lends.
struct Ask {
  Task<std::optional<Secret>> operator()(std::string question) const {
    co_return lineFrom(co_await Settled(object.call<val>("ask", question)));
  }
  val object;
};

// Resolves to the JSON text, as UTF-8 bytes, {ok, value} or {ok, error} of an operation (core/app/operations.hpp).
val call(std::string operation, std::string request, val object) {
  JsHost lent(object);
  auto progress = [object](const std::string& json) { refuse(object.call<val>("progress", json)); };
  const std::string answer = co_await app::call(
      std::move(operation), std::move(request), lent.host(),
      {.progress = std::move(progress), .ask = Ask{object}, .approves = object["approves"].as<bool>()});
  co_return copyOf(asBytes(answer));
}

}  // namespace

EMSCRIPTEN_BINDINGS(peaqos) {
  emscripten::function("run", &run);
  emscripten::function("call", &call);
  emscripten::function("cancel", &JsHost::cancel);
}

}  // namespace peaqos::wasm
