// peaqos-native: the command on libcurl and POSIX.
// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "cli/run.hpp"
#include "curl_transport.hpp"
#include "posix_host.hpp"

int main(int argc, char** argv) {
  using namespace peaqos::native;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is told by write()
  EventLoop loop;
  loop.catchInterrupts();
  PosixEnvironment environment;
  CurlTransport transport(loop, environment.get("SSL_CERT_FILE").value_or(""));
  PosixClock clock(loop);
  PosixRandom random;
  PosixFiles files;
  PosixTerminal terminal;
  peaqos::host::Host host{.transport = transport,
                          .clock = clock,
                          .random = random,
                          .environment = environment,
                          .files = files,
                          .terminal = terminal};
  return loop.run(peaqos::cli::run(std::vector<std::string>(argv + 1, argv + argc), host));
}
