// Serving agents over the Model Context Protocol on standard input and output (docs/mcp.md). Few hosts can: Node does.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/task.hpp"

namespace peaqos::host {

// What a person grants to the agents that are served, and they cannot name themselves.
struct AgentGrant {
  std::optional<std::string> pairingTokenFile;
};

class AgentServer {
 public:
  virtual ~AgentServer() = default;
  // Serves until standard input ends. Throws Error (Interrupted) when the user presses Ctrl-C.
  virtual Task<void> serve(AgentGrant grant) = 0;
};

}  // namespace peaqos::host
