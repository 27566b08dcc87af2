// SPDX-License-Identifier: Apache-2.0
#include "host/acquire_lock.hpp"

#include <array>
#include <optional>
#include <utility>

#include "base/error.hpp"

namespace peaqos::host {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kNoticeAfter{1000};
constexpr int kQuickTries = 20;  // most locks are held for a few milliseconds

// Two runs that collided and both gave way must not collide again: each waits for a random time.
milliseconds pauseBefore(int attempt, Random& random) {
  std::array<std::uint8_t, 1> byte{};
  random.fill(byte);
  return attempt < kQuickTries ? milliseconds(1 + byte[0] % 8) : milliseconds(50 + byte[0]);
}

struct Attempt {
  std::unique_ptr<FileLock> lock;
  std::optional<FileFailure> impossible;
};

Task<Attempt> attempt(Files& files, const std::string& path) {
  std::optional<FileFailure> impossible;
  try {
    co_return Attempt{co_await files.tryLock(path), std::nullopt};
  } catch (const FileError& error) {
    impossible = error.failure;
  }
  co_return Attempt{nullptr, impossible};
}

}  // namespace

Task<std::unique_ptr<FileLock>> acquireLock(Host& host, LockRequest request) {
  const auto start = host.clock.monotonic();
  bool noticed = false;
  for (int tries = 0;; ++tries) {
    Attempt outcome = co_await attempt(host.files, request.path);
    if (outcome.impossible && request.onImpossible) request.onImpossible(*outcome.impossible);
    if (outcome.lock || outcome.impossible) co_return std::move(outcome.lock);
    const auto waited = host.clock.monotonic() - start;
    if (waited > request.patience) {
      throw networkError("LOCKED", request.busy, "Wait for it or end it, then run the command again");
    }
    if (waited > kNoticeAfter && !std::exchange(noticed, true) && request.onWaiting) request.onWaiting();
    co_await host.clock.sleep(pauseBefore(tries, host.random));
  }
}

}  // namespace peaqos::host
