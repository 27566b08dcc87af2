// Looking again and again.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/watch/pace.hpp"
#include "app/watch/recorder.hpp"
#include "base/task_function.hpp"

namespace peaqos::app {

// The look() of a watch, which outlives it.
template <typename Watch>
struct Looking {
  PEAQOS_CORO_WRAPPER Task<bool> operator()() const { return watch.look(); }
  Watch& watch;
};

// Calls `look` until the recorder has what was wanted; it returns whether there was news.
Task<void> follow(const Caller& caller, Recorder& recorder, Pace pace, TaskFunction<Task<bool>()> look);

}  // namespace peaqos::app
