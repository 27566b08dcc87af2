// From which block on a chain may still change, as far as a user cares.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "evm/rpc.hpp"
#include "host/host.hpp"

namespace peaqos::app {

struct DepthRule {
  std::uint64_t confirmations = 1;  // blocks on top of each other, a transaction's own counted
  bool finality = false;            // the node's finalized block decides

  bool isImmediate() const { return confirmations <= 1 && !finality; }
  // The read that tells it.
  evm::RpcCall call() const;
  // The newest block that counts as certain; std::nullopt where there is none yet. Throws Error (Network).
  std::optional<std::uint64_t> sureBlock(const evm::RpcReply& reply) const;
};

// For how long nothing has become certain: a chain that stands still is not waited for without end.
class DepthPatience {
 public:
  DepthPatience(host::Clock& clock, std::chrono::milliseconds patience)
      : clock_(clock), patience_(patience), since_(clock.monotonic()) {}

  void note(std::optional<std::uint64_t> sure) {
    if (sure == last_) return;
    last_ = sure;
    since_ = clock_.monotonic();
  }
  bool isOver() const { return clock_.monotonic() - since_ > patience_; }
  Task<void> wait() {
    constexpr std::chrono::milliseconds kPoll{1000};
    co_await clock_.sleep(kPoll);
  }

 private:
  host::Clock& clock_;
  const std::chrono::milliseconds patience_;
  std::chrono::microseconds since_;
  std::optional<std::uint64_t> last_ = {};
};

}  // namespace peaqos::app
