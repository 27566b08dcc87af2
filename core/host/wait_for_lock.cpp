// SPDX-License-Identifier: Apache-2.0
#include "host/wait_for_lock.hpp"

#include <array>
#include <utility>

namespace peaqos::host {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSilence{1000};

// Two that tried at once and both gave way must not go on doing so: each waits for another time.
milliseconds pause(Random& random) {
  std::array<std::uint8_t, 1> byte{};
  random.fill(byte);
  return milliseconds(50 + byte[0]);
}

}  // namespace

Task<std::unique_ptr<FileLock>> waitForLock(Host& host, std::string path, std::chrono::microseconds patience,
                                            std::function<void()> onWaiting) {
  const std::chrono::microseconds start = host.clock.monotonic();
  bool said = false;
  while (true) {
    if (auto lock = co_await host.files.tryLock(path)) co_return lock;
    const std::chrono::microseconds waited = host.clock.monotonic() - start;
    if (waited > patience) co_return nullptr;
    if (waited > kSilence && !std::exchange(said, true)) onWaiting();
    co_await host.clock.sleep(pause(host.random));
  }
}

}  // namespace peaqos::host
