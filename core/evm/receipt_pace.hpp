// When receipts are asked for again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>

namespace peaqos::evm {

// Asks often at first and then less often; once it is known how long the chain took last, seldom before that is due. A
// chain with blocks of six seconds is asked four times a block so, in place of eleven.
class ReceiptPace {
 public:
  using Duration = std::chrono::microseconds;

  // A transaction was in a block so long after its broadcast.
  void learn(Duration took) { last_ = took; }

  // How long to wait until the next look, `waited` after the broadcast.
  Duration next(Duration waited) const {
    const Duration due = std::min(last_ * 3 / 4, kLongest);
    if (due >= kKnown && waited < due) return due - waited;
    if (due >= kKnown && waited < last_ * 3 / 2) return std::clamp(last_ / 12, kShortest, kSlowest);
    return std::min(kShortest + waited / 2, kSlowest);
  }

  // Whether a look at once is of use: not where blocks are known to take a while.
  bool looksAtOnce() const { return last_ < kKnown; }

 private:
  static constexpr Duration kShortest = std::chrono::milliseconds(100);
  static constexpr Duration kSlowest = std::chrono::seconds(2);
  static constexpr Duration kKnown = std::chrono::milliseconds(500);  // a shorter wait tells nothing
  static constexpr Duration kLongest = std::chrono::seconds(9);       // whatever the last one took

  Duration last_{0};
};

}  // namespace peaqos::evm
