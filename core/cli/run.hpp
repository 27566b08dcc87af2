// The `peaqos` command: a whole command line in, an exit code out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/task.hpp"
#include "host/agent_server.hpp"
#include "host/display.hpp"
#include "host/host.hpp"

namespace peaqos::cli {

// Runs one command line (without the program's name). The result goes to the host's standard output, everything else
// to its standard error; the value is the process exit code: 0, 1 input, 2 network or chain, 3 configuration, 130
// interrupted. With --json a failure is printed to standard output as well, {"error": {code, kind, message, hint, sent,
// hashes}}, unless a result was. `agents`: who can serve them; null where nobody can. `display`: what shows the
// streams; null where nobody knows. Never throws.
Task<int> run(std::vector<std::string> arguments, host::Host& host, host::AgentServer* agents = nullptr,
              host::Display* display = nullptr);

}  // namespace peaqos::cli
