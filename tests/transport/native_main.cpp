// The transport probe over libcurl: transport_probe SCRIPT
// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include "native_host.hpp"
#include "script.hpp"

int main(int argc, char** argv) {
  using namespace peaqos::native;
  if (argc != 2) return 1;
  std::signal(SIGPIPE, SIG_IGN);
  NativeHost host;
  host.lent().terminal.write(peaqos::host::Stream::Out, host.loop.run(peaqos::probe::perform(argv[1], host.lent())));
}
