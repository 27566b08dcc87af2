// peaqos-native: the command on libcurl and POSIX.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/run.hpp"
#include "native_host.hpp"

namespace {

using namespace peaqos;

// A stream that is closed would be the number of the next file that is opened, and a result would be written into that.
// What takes its place can be read from, so that writing fails and is reported.
void keepStandardStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != stream) std::_Exit(exitCode(ErrorKind::Input));
  }
}

int run(std::vector<std::string> words) {
  native::NativeHost host;
  host.loop.catchInterrupts();
  const int code = host.loop.run(cli::run(std::move(words), host.lent(), nullptr, &host.display()));
  return code == exitCode(ErrorKind::Interrupted) && host.loop.signal() != 0 ? 128 + host.loop.signal() : code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is told by write()
  keepStandardStreams();
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (...) {
    // Memory ran out before the core could say so.
    constexpr char kText[] = "Error: there is not enough memory. Free some, or lift the limit (ulimit -v)\n";
    if (write(STDERR_FILENO, kText, sizeof kText - 1) < 0) return exitCode(ErrorKind::Configuration);
    return exitCode(ErrorKind::Configuration);
  }
}
