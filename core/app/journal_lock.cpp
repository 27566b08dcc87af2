// SPDX-License-Identifier: Apache-2.0
#include "app/journal_lock.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "evm/journal.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kUntilTold{1000};

// Two that tried at once and both gave way must not go on doing so: each waits for another time.
milliseconds pause(host::Random& random) {
  std::array<std::uint8_t, 1> byte{};
  random.fill(byte);
  return milliseconds(50 + byte[0]);
}

void report(const Caller& caller, std::string state, Json facts) {
  caller.conversation.progress({.name = "journal_lock", .state = std::move(state), .facts = std::move(facts)});
}

}  // namespace

Task<JournalLock> lockJournal(Caller caller, const Configuration& configuration) {
  const std::int64_t start = caller.host.clock.now();
  const std::string path = caller.host.files.absolute(evm::Journal::kFile);
  JournalLock lock{.held = nullptr, .since = formatMicroseconds(start)};
  std::optional<host::FileError> impossible;
  bool told = false;
  while (!lock.held && !impossible) {
    try {
      lock.held = co_await caller.host.files.tryLock(evm::Journal::kFile);
    } catch (const host::FileError& failure) {
      impossible = failure;
    }
    if (lock.held || impossible) break;
    const std::chrono::microseconds waited(caller.host.clock.now() - start);
    if (waited > configuration.receiptTimeout()) {
      throw inputError("JOURNAL_LOCKED", "another peaqos is writing to " + printable(path) + ", and does not end",
                       "Wait for it or end it; or run the command in another folder");
    }
    if (waited > kUntilTold && !std::exchange(told, true)) report(caller, "waiting", {{"path", path}});
    co_await caller.host.clock.sleep(pause(caller.host.random));
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
