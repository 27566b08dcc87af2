// SPDX-License-Identifier: Apache-2.0
#include "posix_host.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "base/error.hpp"

namespace peaqos::native {
namespace {

using host::FileFailure;

constexpr std::size_t kLongestLine = 1U << 16;

// Closes its descriptor at the end of a scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

Error interruptedError() { return {ErrorKind::Interrupted, "CANCELLED", "interrupted"}; }

host::FileError failureOf(int code, const std::string& path) {
  switch (code) {
    case ENOENT:
    case ENOTDIR: return {FileFailure::Missing, path};
    case EISDIR: return {FileFailure::NotAFile, path};
    case EACCES:
    case EPERM:
    case EROFS: return {FileFailure::Denied, path};
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return {FileFailure::Full, path};
    default: return {FileFailure::Other, path};
  }
}

// Runs a system call again when a signal cut it short, unless that signal was the user's Ctrl-C.
template <typename Call>
auto retrying(Call call) {
  while (true) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
    if (EventLoop::interrupted()) throw interruptedError();
  }
}

void writeDurably(int file, BytesView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = retrying([&] { return ::write(file, bytes.data(), bytes.size()); });
    if (count < 0) throw failureOf(errno, path);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  if (fsync(file) != 0 && errno != EINVAL) throw failureOf(errno, path);
}

// A terminal that does not show what is typed, until the end of a scope.
class HiddenInput {
 public:
  HiddenInput() {
    known_ = tcgetattr(STDIN_FILENO, &before_) == 0;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (known_) tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
  }
  ~HiddenInput() {
    if (known_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;

 private:
  bool known_ = false;
  termios before_ = {};
};

}  // namespace

std::int64_t PosixClock::now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Task<void> PosixClock::sleep(std::chrono::milliseconds duration) {
  if (!co_await loop_.until(std::chrono::steady_clock::now() + duration)) throw interruptedError();
}

void PosixRandom::fill(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t count = getrandom(out.data(), out.size(), 0);
    if (count < 0 && errno != EINTR) std::abort();  // no randomness, no keys: there is nothing sensible to go on with
    if (count > 0) out = out.subspan(static_cast<std::size_t>(count));
  }
}

std::optional<std::string> PosixEnvironment::get(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

Task<Bytes> PosixFiles::read(const std::string& path, std::size_t limit) {
  const Descriptor file(retrying([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY); }));
  if (file.get() < 0) throw failureOf(errno, path);
  Bytes out;
  std::array<std::uint8_t, 1 << 16> block;
  while (true) {
    const ssize_t count = retrying([&] { return ::read(file.get(), block.data(), block.size()); });
    if (count < 0) throw failureOf(errno, path);
    if (count == 0) co_return out;
    if (out.size() + static_cast<std::size_t>(count) > limit) throw host::FileError{FileFailure::TooLarge, path};
    out.insert(out.end(), block.begin(), block.begin() + count);
  }
}

Task<void> PosixFiles::append(const std::string& path, BytesView bytes, unsigned mode) {
  const Descriptor file(
      retrying([&] { return open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, mode); }));
  if (file.get() < 0) throw failureOf(errno, path);
  struct stat status = {};
  // Only what is ours to change: a log that is a device or someone else's file keeps its mode.
  if (fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 0777U) != mode &&
      fchmod(file.get(), mode) != 0) {
    throw failureOf(errno, path);
  }
  writeDurably(file.get(), bytes, path);
  co_return;
}

std::string PosixFiles::absolute(const std::string& path) {
  std::error_code problem;
  const auto whole = std::filesystem::absolute(path, problem);
  return problem ? path : whole.string();
}

Task<void> PosixFiles::replace(const std::string& path, BytesView bytes, unsigned mode) {
  const std::string folder = path.substr(0, path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  std::string temporary = folder + ".peaqos-XXXXXX";
  const Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) throw failureOf(errno, path);
  try {
    writeDurably(file.get(), bytes, path);
    if (fchmod(file.get(), mode) != 0 || rename(temporary.c_str(), path.c_str()) != 0) throw failureOf(errno, path);
  } catch (...) {
    unlink(temporary.c_str());
    throw;
  }
  const Descriptor parent(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.get() >= 0) fsync(parent.get());  // the name itself; a file system that cannot do it has done its best
  co_return;
}

bool PosixTerminal::interactive() { return isatty(STDIN_FILENO) == 1; }

Task<std::optional<Secret>> PosixTerminal::readLine(bool hidden) {
  std::optional<HiddenInput> hiding;
  if (hidden && interactive()) hiding.emplace();
  Bytes line;
  line.reserve(kLongestLine);  // no copies of a secret are left behind by a growing buffer
  while (true) {
    if (!EventLoop::waitReadable(STDIN_FILENO)) throw interruptedError();
    std::uint8_t byte = 0;
    const ssize_t count = retrying([&] { return ::read(STDIN_FILENO, &byte, 1); });
    if (count <= 0 && line.empty()) co_return std::nullopt;
    if (count <= 0 || byte == '\n') co_return Secret(std::move(line));
    if (line.size() == kLongestLine) throw inputError("ANSWER_TOO_LONG", "an answer has more than 65536 characters");
    line.push_back(byte);
  }
}

void PosixTerminal::write(host::Stream stream, std::string_view text) {
  const int descriptor = stream == host::Stream::Out ? STDOUT_FILENO : STDERR_FILENO;
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      throw host::BrokenPipe();
    }
  }
}

}  // namespace peaqos::native
