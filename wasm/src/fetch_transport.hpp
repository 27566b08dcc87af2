// HTTP over emscripten_fetch, that is over an XMLHttpRequest: the browser's, or our own in Node (node/xhr.mjs).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "host/transport.hpp"

namespace peaqos::wasm {

class Exchange;

class FetchTransport : public host::Transport {
 public:
  Task<host::Response> send(host::Request request) override;
  void cancelAll() override;

 private:
  friend class Exchange;
  std::set<Exchange*> running_;
  bool cancelled_ = false;
};

}  // namespace peaqos::wasm
