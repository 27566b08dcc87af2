// SPDX-License-Identifier: Apache-2.0
#include "app/watch/pace.hpp"

#include <algorithm>

namespace peaqos::app {

using std::chrono::milliseconds;

milliseconds Pace::after(bool news) {
  pause_ = news ? least_ : std::clamp(pause_ * 3 / 2, least_, most_);
  return pause_;
}

milliseconds Pace::afterTrouble(milliseconds asked) {
  constexpr milliseconds kMost{60'000}, kMostAsked{3'600'000};
  pause_ = std::min(std::max(pause_, least_) * 2, kMost);
  return std::max(pause_, std::min(asked, kMostAsked));
}

}  // namespace peaqos::app
