// What every system call of the POSIX host needs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cerrno>

#include "base/error.hpp"
#include "event_loop.hpp"

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

}  // namespace peaqos::native
