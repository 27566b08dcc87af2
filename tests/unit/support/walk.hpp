// Random weather and random deaths, for walks over many runs: the same for the same seed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>

#include "support/life.hpp"
#include "support/road.hpp"
#include "support/scripted_chain.hpp"
#include "support/weather.hpp"

namespace peaqos::test {

// So many walks where a usual run makes `usual` of them: `npm test -- --full` makes ten times as many. What a walk has found
// becomes a test of its own, so that the usual number need not be large.
std::uint64_t walks(std::uint64_t usual);

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : random_(seed) {}

  std::uint64_t seed() { return random_(); }  // of a process
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  bool chance(std::size_t oneIn) { return pick(oneIn) == 0; }

  // In every second run the process dies within so many steps; in a third of these the power goes with it.
  void mayDie(Life& life, std::size_t steps) {
    if (chance(2)) life.dieAt(1 + pick(steps), chance(3) ? Death::PowerCut : Death::Kill);
  }

  // Mishaps among the first `requests` requests; transactions whose broadcast is lost after the work, receipts that are
  // not there yet, slow answers to `slowMethod`; nodes that lag and tell each other late.
  void makeWeather(Road& road, ScriptedChain& chain, std::size_t requests, const std::string& slowMethod) {
    road.clear();
    for (std::size_t i = pick(4); i > 0; --i) {
      road.spoil({.mishap = kMishaps[pick(std::size(kMishaps))], .skip = pick(requests), .times = 1 + pick(3)});
    }
    chain.weather.clear();
    if (chance(3)) chain.weather.add(weather::lostAfterWork()).on("eth_sendRawTransaction").times(1 + pick(2));
    if (chance(3)) chain.weather.add(weather::null()).on("eth_getTransactionReceipt").times(pick(5));
    if (chance(4)) chain.weather.add(weather::slow(seconds(3))).on(slowMethod).times(pick(3));
    makeBackends(chain);
  }

  void makeBackends(ScriptedChain& chain) {
    chain.backends.resize(1 + pick(3));
    for (Backend& backend : chain.backends) {
      backend.lag.blocks = chance(3) ? pick(3) : 0;
      backend.gossip = seconds(pick(4));
    }
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace peaqos::test
