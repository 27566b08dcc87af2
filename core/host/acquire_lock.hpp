// Waiting for a lock that another run may hold.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::host {

struct LockRequest {
  std::string path;                                    // of the file that the lock belongs to (Files::tryLock)
  std::chrono::milliseconds patience;                  // how long to wait for the holder
  std::string busy;                                    // the Error's message when the holder outlasts that
  std::function<void()> onWaiting = {};                // called once, when the wait becomes noticeable
  std::function<void(FileFailure)> onImpossible = {};  // called where the folder can hold no locks
};

// Waits until no other run holds the lock. Returns null where the folder can hold no locks: the caller then goes on
// without. Throws Error: Network "LOCKED" when the holder outlasts the patience, Interrupted.
Task<std::unique_ptr<FileLock>> acquireLock(Host& host, LockRequest request);

}  // namespace peaqos::host
