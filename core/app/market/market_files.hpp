// Signatures that somebody else makes while an operation waits.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/caller.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// The first line of a file that is not blank. The file may be a pipe, or be written while this waits for it: some
// seconds are given to whoever signs. Throws Error (Input) naming `field`.
Task<std::string> awaitSignatureFile(std::string path, std::string field, Caller caller);

}  // namespace peaqos::app
