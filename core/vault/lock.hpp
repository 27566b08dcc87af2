// One writer at a time: a lock file that processes of this program agree on. Not every host can lock a file, so it is
// made exclusively, says when and by whom, and is taken over when its maker has been gone for long.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::vault {

class Lock {
 public:
  Lock(host::Host& host, std::string path);

  // Waits until the lock is free. Throws Error (Input) VAULT_LOCKED after half a minute, host::FileError.
  Task<void> acquire();
  // Gives it back, if it is still ours. Throws nothing.
  Task<void> release();

 private:
  Task<bool> take();
  Task<std::optional<std::string>> content();
  Task<void> discard();

  host::Host& host_;
  std::string path_;
  std::string own_;  // what the file says when it is ours
};

// Runs a task under the lock, and gives the lock back whatever happens.
Task<void> underLock(host::Host& host, std::string path, Task<void> work);

}  // namespace peaqos::vault
