// The lock that belongs to a file, taken as soon as its holder gives it back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::host {

// Returns null if the lock is not free within `patience`. Calls `onWaiting` once when the wait takes more than a
// second. Throws FileError where the file's folder can hold no locks, Error (Interrupted).
Task<std::unique_ptr<FileLock>> waitForLock(Host& host, std::string path, std::chrono::microseconds patience,
                                            std::function<void()> onWaiting);

}  // namespace peaqos::host
