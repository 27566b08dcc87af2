// Serving the operator console (`peaqos console`).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/caller.hpp"
#include "base/task.hpp"

namespace peaqos::app {

constexpr std::uint16_t kConsolePort = 7327;  // P-E-A-Q on a telephone's keys

struct ConsoleRequest {
  std::uint16_t port = kConsolePort;
  bool open = true;  // in a browser
};

// Serves until the user ends it, which is Error (Interrupted). `ready` gets the address as soon as it answers, and
// another one each time the user presses Enter: an address lets one browser in. Throws Error (Input): "NO_CONSOLE"
// where the host cannot serve, "PORT_IN_USE", "PORT_DENIED".
Task<void> serveConsole(ConsoleRequest request, std::function<void(const std::string& address)> ready, Caller caller);

}  // namespace peaqos::app
