// One run at a time decides by peaqos.log and writes to it, so that two equal commands at once cannot both pay.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "app/caller.hpp"
#include "app/configuration.hpp"

namespace peaqos::app {

struct JournalLock {
  std::unique_ptr<host::FileLock> held;  // null where the folder can hold no lock
  std::string since;                     // when it was asked for, as a row's `ts`
};

// Waits until no other run has the lock; after a second that is told (Progress "journal_lock", "waiting"). What an
// equal run does from `since` on is meant to be what this one does: it was asked for at the same time. A folder that
// can hold no locks is warned of. Throws Error: Input "JOURNAL_LOCKED" after as long as a receipt may take,
// Interrupted.
Task<JournalLock> lockJournal(Caller caller, const Configuration& configuration);

}  // namespace peaqos::app
