// Serving the operator console to the browsers of this machine. Few hosts can: Node does.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/task.hpp"

namespace peaqos::host {

struct ConsoleService {
  std::uint16_t port = 0;              // 0: any that is free
  std::string token;                   // what a browser must present before it may ask for anything but files
  std::string settings;                // lines of `.env` for the console's vault; no secret among them
  std::vector<std::string> endpoints;  // base URLs that calls are relayed to, and no others
};

// Thrown by Console::listen().
struct PortError {
  bool taken;  // by another program; else this user may not have it
};

class Console {
 public:
  virtual ~Console() = default;
  // Serves on the loopback addresses from now on; returns the port. Throws PortError.
  virtual Task<std::uint16_t> listen(ConsoleService service) = 0;
  // Shows a URL in the user's browser, where there is one.
  virtual void open(const std::string& url) = 0;
  // Ends when serving does. Throws Error (Interrupted) when the user presses Ctrl-C.
  virtual Task<void> served() = 0;
};

}  // namespace peaqos::host
