// How far a run over many items has come: a bar on a terminal, elsewhere a line now and then.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/screen.hpp"

namespace peaqos::cli {

struct Reading {
  std::string items;                     // what is counted: "lines"
  std::uint64_t done = 0;                // of those
  std::optional<std::uint64_t> of = {};  // how many there are; nothing where nobody knows
  std::string pace = {};                 // of what the rate is told: "events"; empty for no rate
  std::uint64_t made = 0;                // by this run: how fast it goes, and how long it will take
  std::uint64_t left = 0;                // still to be made
  std::string more = {};                 // fees and the like
};

class Meter {
 public:
  // A terminal is drawn upon unless it is a dumb one; COLUMNS stands for its width. No colours, whatever NO_COLOR says.
  Meter(host::Host& host, Screen& screen) : clock_(host.clock), environment_(host.environment), screen_(screen) {}

  // `stage`: of what the items are done; a new one begins to count anew.
  void show(const Reading& reading, const std::string& stage);
  // Says that something takes its time: nothing where a bar is seen.
  void notice(const std::string& text);
  // Whether a run is measured.
  bool isGoing() const { return started_.has_value(); }
  void end();

 private:
  std::optional<std::size_t> width();
  std::string rateText(const Reading& reading) const;
  std::string timeLeft(const Reading& reading) const;
  void draw(const Reading& reading, std::size_t width);
  void print(const Reading& reading, bool newStage);
  double seconds() const;

  host::Clock& clock_;
  host::Environment& environment_;
  Screen& screen_;
  std::optional<std::chrono::microseconds> started_ = {};
  std::chrono::microseconds said_{0};  // when a line or the bar was last written
  std::uint64_t share_ = 0;            // tenths of the whole that lines have told of
  std::string stage_;
};

// "42 s", "3 min", "2 h 5 min".
std::string roughly(std::chrono::seconds duration);

}  // namespace peaqos::cli
