// The transport probe over libcurl: transport_probe SCRIPT
// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include "curl_transport.hpp"
#include "posix_host.hpp"
#include "script.hpp"

int main(int argc, char** argv) {
  using namespace peaqos::native;
  if (argc != 2) return 1;
  std::signal(SIGPIPE, SIG_IGN);
  EventLoop loop;
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
  terminal.write(peaqos::host::Stream::Out, loop.run(peaqos::probe::perform(argv[1], host)));
}
