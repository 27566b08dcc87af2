// SPDX-License-Identifier: Apache-2.0
#include "app/journal_lock.hpp"

#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "evm/journal.hpp"
#include "host/file_error.hpp"
#include "host/wait_for_lock.hpp"

namespace peaqos::app {
namespace {

void report(const Caller& caller, std::string state, Json facts) {
  caller.conversation.progress({.name = "journal_lock", .state = std::move(state), .facts = std::move(facts)});
}

}  // namespace

Task<JournalLock> lockJournal(Caller caller, const Configuration& configuration) {
  const std::string path = caller.host.files.absolute(evm::Journal::kFile);
  JournalLock lock{.held = nullptr, .since = formatMicroseconds(caller.host.clock.now())};
  std::optional<host::FileError> impossible;
  try {
    lock.held = co_await host::waitForLock(caller.host, evm::Journal::kFile, configuration.receiptTimeout(),
                                           [&] { report(caller, "waiting", {{"path", path}}); });
  } catch (const host::FileError& failure) {
    impossible = failure;
  }
  if (!lock.held && !impossible) {
    throw inputError("JOURNAL_LOCKED", "another peaqos is writing to " + printable(path) + ", and does not end",
                     "Wait for it or end it; or run the command in another folder");
  }
  if (impossible) {
    report(caller, "warning",
           {{"text", "the folder of " + printable(path) + " cannot be locked (" +
                         std::string(host::reason(impossible->failure)) +
                         "): run nothing else that writes to the chain in it at the same time"}});
  }
  co_return lock;
}

}  // namespace peaqos::app
