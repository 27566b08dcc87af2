// SPDX-License-Identifier: Apache-2.0
#include "posix_host.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include "base/error.hpp"

namespace peaqos::native {
namespace {

using host::FileFailure;

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
  while (!bytes.empty()) {
    const ssize_t count = retrying([&] { return ::write(file.get(), bytes.data(), bytes.size()); });
    if (count < 0) throw failureOf(errno, path);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  if (fsync(file.get()) != 0 && errno != EINVAL) throw failureOf(errno, path);
  co_return;
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
