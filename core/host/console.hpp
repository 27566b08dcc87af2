// Serving the operator console to the browsers of this machine. Few hosts can: Node does.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.hpp"
#include "base/task.hpp"

namespace peaqos::host {

struct Endpoint {
  std::string url;                   // what lies at or below it
  std::optional<std::string> proxy;  // through which it is reached
};

struct ConsoleService {
  std::uint16_t port = 0;           // 0: any that is free
  std::string settings;             // lines of `.env` for the console's vault; no secret among them
  std::vector<Endpoint> endpoints;  // what calls are relayed to, and nothing else
  std::string webhook = {};         // where news go while no page is open; empty: nowhere
  Secret webhookSecret = {};        // signs them
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
  // From now on this token lets one browser in, once; one given before is void. Without a token, and without having
  // been let in, a browser gets nothing but the files of the console.
  virtual void admit(const std::string& token) = 0;
  // Shows a URL in the user's browser, where there is one.
  virtual void open(const std::string& url) = 0;
  // Returns true when the user asks for another token (presses Enter in a terminal), false when serving ended. Throws
  // Error (Interrupted) when the user presses Ctrl-C.
  virtual Task<bool> served() = 0;
};

}  // namespace peaqos::host
