// Where coroutines of one event loop wait until another one wakes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <list>

namespace peaqos {

// First in, first out. A woken coroutine runs at once, within the call that woke it: wake as the last thing you do with
// an object that it may destroy. A waiting coroutine that is destroyed leaves the queue; one whose queue is destroyed
// is never resumed.
class WaitQueue {
 public:
  WaitQueue() = default;
  WaitQueue(const WaitQueue&) = delete;
  WaitQueue& operator=(const WaitQueue&) = delete;
  ~WaitQueue() { orphan(waiters_); }

  class Waiter {
   public:
    explicit Waiter(WaitQueue& queue) : queue_(queue) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
      if (home_) home_->erase(place_);
    }
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) {
      handle_ = handle;
      home_ = &queue_.waiters_;
      place_ = home_->insert(home_->end(), this);
    }
    void await_resume() const noexcept {}

   private:
    friend class WaitQueue;
    WaitQueue& queue_;
    std::coroutine_handle<> handle_;
    std::list<Waiter*>* home_ = nullptr;  // the list that it stands in; null: in none
    std::list<Waiter*>::iterator place_;
  };

  // Awaits a wakeOne() or wakeAll().
  Waiter wait() { return Waiter(*this); }

  bool empty() const { return waiters_.empty(); }

  void wakeOne() {
    if (!waiters_.empty()) resumeFirst(waiters_);
  }

  // Wakes those that wait now; one that waits again meanwhile stays.
  void wakeAll() {
    std::list<Waiter*> woken;
    woken.swap(waiters_);
    for (Waiter* waiter : woken) waiter->home_ = &woken;
    while (!woken.empty()) resumeFirst(woken);
  }

 private:
  static void resumeFirst(std::list<Waiter*>& waiters) {
    Waiter& first = *waiters.front();
    waiters.pop_front();
    first.home_ = nullptr;
    first.handle_.resume();
  }
  static void orphan(const std::list<Waiter*>& waiters) {
    for (Waiter* waiter : waiters) waiter->home_ = nullptr;
  }

  std::list<Waiter*> waiters_;
};

}  // namespace peaqos
