// Steps of a script that use a host's files and its clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::probe {

// Performs {"file": verb, "path", ...}. Verbs and their further members are
//   append, createNew, replace: "text", "mode"      read, readRegular: "limit"     readPart: "offset", "length"
//   truncate: "size"     rename: "to"     sizeOf, modeOf, remove, makePrivateFolder, list
//   lock: keeps the lock until "unlock" with the same path, and is true when it got it
//   holdLock: as lock, but then sleeps for "ms" with a line "held" on standard output
// The outcome is {"value"} or {"failure": words}.
Task<Json> fileOutcome(const Json& step, host::Host& host);

}  // namespace peaqos::probe
