// Equal commands at once in one folder: one does the work, the others wait for it and take its result.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "app/caller.hpp"
#include "app/settings/configuration.hpp"

namespace peaqos::app {

struct IntentLock {
  std::unique_ptr<host::FileLock> held;  // null where the folder can hold no lock
  std::string since;                     // when it was asked for, as a ledger row's `ts`
};

// Waits until no other run in this folder works on the same intent. Only equal intents wait for each other: the lock
// may be held while a person is asked or a receipt is awaited. What an equal run does from `since` on is meant to be
// what this one does: it was asked for at the same time. `intent`: any string that equal intents share. Reports
// Progress "intent_lock", "waiting". Throws Error: Network "LOCKED" after as long as a receipt may take, Interrupted.
Task<IntentLock> lockIntent(Caller caller, const Configuration& configuration, std::string intent);

}  // namespace peaqos::app
