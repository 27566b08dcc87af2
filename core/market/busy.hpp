// A refusal that asks to come back later.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <utility>

#include "market/refusals.hpp"

namespace peaqos::market {

// `after`: for how long the server wants to be left alone (Retry-After).
struct Busy : Refusal {
  Busy(Refusal refusal, std::chrono::milliseconds pause) : Refusal(std::move(refusal)), after(pause) {}
  std::chrono::milliseconds after;
};

}  // namespace peaqos::market
