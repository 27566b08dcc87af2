// The steps of a simulated process, at any of which it may die.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <functional>
#include <string>
#include <vector>

#include "support/event_loop.hpp"

namespace peaqos::test {

enum class Death {
  Kill,      // kill -9: the process is gone, what it wrote stays
  PowerCut,  // the machine stops: every process is gone, and everything that was not synced
};

// Of a suite that meets each step with one of the two; where it costs little, a suite meets each with both.
inline Death deathAt(std::size_t step) { return step % 2 == 0 ? Death::PowerCut : Death::Kill; }

// Every verb of a FakeHost passes step() before and after its effects, so that a test can kill a process at each of
// them in turn: run once, read steps(), then run again with dieAt(1), dieAt(2), ...
class Life {
 public:
  Life(EventLoop& loop, std::function<void(Death)> die) : loop_(loop), die_(std::move(die)) {}

  // The names of the steps since begin(), e.g. "append: written".
  const std::vector<std::string>& steps() const { return steps_; }

  // The process dies at its nth step from begin() on, counted from 1; 0: it lives.
  void dieAt(std::size_t step, Death death = Death::Kill) {
    fatal_ = step;
    death_ = death;
  }

  // A new process: steps are counted anew.
  void begin() { steps_.clear(); }

  class Step {
   public:
    explicit Step(Life& life) : life_(life) {}
    bool await_ready() const noexcept { return life_.steps_.size() != life_.fatal_; }
    // Nobody resumes it: its frame is destroyed from the loop.
    void await_suspend(std::coroutine_handle<>) const {
      life_.fatal_ = 0;
      life_.loop_.after(microseconds(0), [die = life_.die_, death = life_.death_] { die(death); });
    }
    void await_resume() const noexcept {}

   private:
    Life& life_;
  };

  Step step(std::string name) {
    steps_.push_back(std::move(name));
    return Step(*this);
  }

 private:
  EventLoop& loop_;
  std::function<void(Death)> die_;
  std::vector<std::string> steps_;
  std::size_t fatal_ = 0;
  Death death_ = Death::Kill;
};

}  // namespace peaqos::test
