// A lock between processes that ends with its holder, the same as wasm/node/lock.mjs has it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "host/host.hpp"

namespace peaqos::native {

// Null when another process has it. Throws host::FileError where the folder takes no sockets.
std::unique_ptr<host::FileLock> trySocketLock(const std::string& path);

}  // namespace peaqos::native
