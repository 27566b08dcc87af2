// SPDX-License-Identifier: Apache-2.0
#include "posix_host.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "base/error.hpp"
#include "posix_calls.hpp"

namespace peaqos::native {
namespace {

constexpr std::size_t kLongestLine = 1U << 16;

int descriptorOf(host::Stream stream) { return stream == host::Stream::Out ? STDOUT_FILENO : STDERR_FILENO; }

// The next byte of standard input; nothing at its end.
std::optional<std::uint8_t> nextByte() {
  if (!EventLoop::waitReadable(STDIN_FILENO)) throw interruptedError();
  std::uint8_t byte = 0;
  const ssize_t count = retrying([&] { return ::read(STDIN_FILENO, &byte, 1); });
  return count > 0 ? std::optional(byte) : std::nullopt;
}

}  // namespace

std::int64_t PosixClock::now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::chrono::microseconds PosixClock::monotonic() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

Task<void> PosixClock::sleep(std::chrono::milliseconds duration) {
  if (!co_await loop_.until(std::chrono::steady_clock::now() + duration)) throw interruptedError();
}

void PosixRandom::fill(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t count = getrandom(out.data(), out.size(), 0);
    if (count < 0 && errno != EINTR) {
      throw configurationError("NO_RANDOMNESS", "the system gives no random numbers",
                               "Run the command on another system");
    }
    if (count > 0) out = out.subspan(static_cast<std::size_t>(count));
  }
}

std::optional<std::string> PosixEnvironment::get(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

bool PosixTerminal::interactive() { return isatty(STDIN_FILENO) == 1; }

std::optional<host::TerminalSize> PosixTerminal::size(host::Stream stream) {
  const int descriptor = descriptorOf(stream);
  if (isatty(descriptor) != 1) return std::nullopt;
  winsize size = {};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return host::TerminalSize{};
  return host::TerminalSize{.rows = size.ws_row, .columns = size.ws_col};
}

Task<std::optional<Secret>> PosixTerminal::readLine() {
  Bytes line;
  line.reserve(kLongestLine);  // no copies of a secret are left behind by a growing buffer
  while (true) {
    const auto byte = nextByte();
    if (!byte && line.empty()) co_return std::nullopt;
    if (!byte || *byte == '\n') co_return Secret(std::move(line));
    if (line.size() == kLongestLine) throw inputError("ANSWER_TOO_LONG", "an answer has more than 65536 characters");
    line.push_back(*byte);
  }
}

void PosixTerminal::hideTyping(bool hidden) {
  if (!hidden && shown_) {
    tcsetattr(STDIN_FILENO, TCSADRAIN, &*shown_);
    shown_.reset();
  }
  termios now = {};
  if (!hidden || shown_ || tcgetattr(STDIN_FILENO, &now) != 0) return;
  shown_ = now;
  now.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN);  // signals stay the terminal's
  now.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IXON);
  now.c_cc[VMIN] = 1;
  now.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &now);
}

Task<std::optional<std::uint8_t>> PosixTerminal::readKey() { co_return nextByte(); }

Task<Bytes> PosixTerminal::readInput(std::size_t length) {
  if (!EventLoop::waitReadable(STDIN_FILENO)) throw interruptedError();
  Bytes part(length);
  const ssize_t count = retrying([&] { return ::read(STDIN_FILENO, part.data(), part.size()); });
  part.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  co_return part;
}

void PosixTerminal::write(host::Stream stream, std::string_view text) {
  const int descriptor = descriptorOf(stream);
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
      poll(&ready, 1, -1);
    } else if (errno == EPIPE) {
      throw host::BrokenPipe();
    } else if (errno != EINTR) {
      throw host::WriteFailed{failureOf(errno, {}).failure};
    }
  }
}

}  // namespace peaqos::native
