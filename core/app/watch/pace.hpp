// How often a watch looks: soon after news, less often in quiet, less still while there is trouble.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace peaqos::app {

class Pace {
 public:
  // `least`: the pause after news; `most`: the longest one in quiet.
  constexpr Pace(std::chrono::milliseconds least, std::chrono::milliseconds most)
      : least_(least), most_(most), pause_(least) {}

  // The pause after a look that went well.
  std::chrono::milliseconds after(bool news);

  // The pause after one that failed: twice the last one, up to a minute, and never shorter than the server asked for.
  std::chrono::milliseconds afterTrouble(std::chrono::milliseconds asked);

 private:
  std::chrono::milliseconds least_, most_, pause_;
};

// A block of peaq comes about every six seconds; APIs are asked for whole lists.
constexpr Pace chainPace() { return {std::chrono::seconds(1), std::chrono::seconds(6)}; }
constexpr Pace apiPace() { return {std::chrono::seconds(2), std::chrono::seconds(30)}; }

}  // namespace peaqos::app
