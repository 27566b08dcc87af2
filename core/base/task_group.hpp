// A bounded number of tasks at once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <list>
#include <memory>
#include <utility>

#include "base/task.hpp"
#include "base/wait_queue.hpp"

namespace peaqos {

// Runs at most `limit` tasks at a time (at least one). Await join() before the group goes out of scope, on the way of
// an exception too: a group that is destroyed destroys the tasks that still wait (see task.hpp for what that takes).
class TaskGroup {
 public:
  explicit TaskGroup(std::size_t limit) : state_(std::make_shared<State>(std::max<std::size_t>(limit, 1))) {}
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;
  ~TaskGroup() { state_->running.clear(); }

  // Waits until fewer than `limit` tasks run, then starts this one and returns; what it throws comes out of join().
  Task<void> run(Task<void> task) {
    const std::shared_ptr<State> state = state_;
    while (state->running.size() >= state->limit) co_await state->freed.wait();
    state->start(std::move(task));
  }

  // Waits until no task runs. Rethrows what was thrown first since the last join().
  Task<void> join() {
    const std::shared_ptr<State> state = state_;
    while (!state->running.empty()) co_await state->idle.wait();
    if (auto first = std::exchange(state->firstException, nullptr)) std::rethrow_exception(first);
  }

 private:
  struct State;

  struct Running {
    Task<void> task;
    State& state;
    std::list<Running>::iterator place = {};
  };

  struct State : std::enable_shared_from_this<State> {
    explicit State(std::size_t most) : limit(most) {}

    void start(Task<void> task) {
      running.push_front({std::move(task), *this});
      Running& entry = running.front();
      entry.place = running.begin();
      if (entry.task.start(&State::onEnd, &entry)) remove(entry);
    }

    void remove(Running& entry) {
      try {
        entry.task.result();
      } catch (...) {
        if (!firstException) firstException = std::current_exception();
      }
      running.erase(entry.place);
    }

    // Runs in the final suspension of a task that had waited.
    static void onEnd(void* context) {
      Running& entry = *static_cast<Running*>(context);
      const std::shared_ptr<State> self = entry.state.shared_from_this();  // whoever is woken may destroy the group
      self->remove(entry);
      while (self->running.size() < self->limit && !self->freed.empty()) self->freed.wakeOne();
      if (self->running.empty()) self->idle.wakeAll();
    }

    std::size_t limit;
    std::list<Running> running;
    std::exception_ptr firstException;
    WaitQueue freed;  // those in run()
    WaitQueue idle;   // those in join()
  };

  std::shared_ptr<State> state_;
};

}  // namespace peaqos
