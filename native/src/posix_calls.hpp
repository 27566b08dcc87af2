// What every system call of the POSIX host needs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/error.hpp"
#include "event_loop.hpp"
#include "host/host.hpp"

namespace peaqos::native {

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

inline Error interruptedError() { return {ErrorKind::Interrupted, "CANCELLED", "interrupted"}; }

// Runs a system call again when a signal cut it short, unless that signal was the user's Ctrl-C.
template <typename Call>
auto retrying(Call call) {
  while (true) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
    if (EventLoop::interrupted()) throw interruptedError();
  }
}

// What a file's errno means.
inline host::FileError failureOf(int code, const std::string& path) {
  using host::FileFailure;
  switch (code) {
    case ENOENT:
    case ENOTDIR: return {FileFailure::Missing, path};
    case EISDIR:
    case ELOOP: return {FileFailure::NotAFile, path};
    case EACCES:
    case EPERM:
    case EROFS: return {FileFailure::Denied, path};
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return {FileFailure::Full, path};
    case EEXIST: return {FileFailure::Exists, path};
    default: return {FileFailure::Other, path};
  }
}

}  // namespace peaqos::native
