// SPDX-License-Identifier: Apache-2.0
#include "event_loop.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iterator>
#include <vector>

namespace peaqos::native {
namespace {

constexpr std::chrono::milliseconds kLongestNap{1000};

// Written by the signal handler, watched by the loop: a handler may do little more than write to a pipe.
int interruptPipe[2] = {-1, -1};
volatile std::sig_atomic_t interruptSeen = 0;  // the signal

void onInterrupt(int number) {
  if (interruptSeen == 0) interruptSeen = number;
  const char byte = 0;
  if (write(interruptPipe[1], &byte, 1) < 0) return;  // the flag is enough; the loop naps for a second at most
}

}  // namespace

EventLoop::~EventLoop() {
  if (multi_) curl_multi_cleanup(multi_);
}

CURLM* EventLoop::multi() {
  static const bool initialised = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  static_cast<void>(initialised);
  if (!multi_) multi_ = curl_multi_init();
  return multi_;
}

void EventLoop::add(CURL* handle, Transfer& transfer) {
  transfers_[handle] = &transfer;
  curl_multi_add_handle(multi(), handle);
}

void EventLoop::finish(CURL* handle, std::optional<CURLcode> outcome) {
  const auto found = transfers_.find(handle);
  if (found == transfers_.end()) return;
  Transfer& transfer = *found->second;
  transfers_.erase(found);
  curl_multi_remove_handle(multi_, handle);
  transfer.outcome = outcome;
  transfer.waiter.resume();
}

void EventLoop::turn() {
  int running = 0;
  curl_multi_perform(multi(), &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg == CURLMSG_DONE) {
      finish(message->easy_handle, message->data.result);
      return;  // the awaiter may have ended the whole task
    }
  }
  const auto now = std::chrono::steady_clock::now();
  if (!timers_.empty() && timers_.begin()->first <= now) return fireTimers(now);
  if (interruptSeen != 0 && !interrupted_) return interruptWaits();

  auto nap = kLongestNap;
  if (!timers_.empty()) nap = std::min(nap, std::chrono::ceil<std::chrono::milliseconds>(timers_.begin()->first - now));
  curl_waitfd wake{.fd = interruptPipe[0], .events = CURL_WAIT_POLLIN, .revents = 0};
  curl_multi_poll(multi_, &wake, wake.fd < 0 || interrupted_ ? 0 : 1, static_cast<int>(nap.count()), nullptr);
}

void EventLoop::fireTimers(TimePoint until) {
  while (!timers_.empty() && timers_.begin()->first <= until) {
    const auto waiter = timers_.begin()->second;
    timers_.erase(timers_.begin());
    waiter.resume();
  }
}

void EventLoop::cancelTransfers() {
  std::vector<CURL*> handles;
  handles.reserve(transfers_.size());
  for (const auto& [handle, transfer] : transfers_) handles.push_back(handle);
  for (CURL* handle : handles) finish(handle, std::nullopt);
}

void EventLoop::interruptWaits() {
  interrupted_ = true;
  cancelTransfers();
  fireTimers(TimePoint::max());
}

void EventLoop::catchInterrupts() {
  if (pipe2(interruptPipe, O_CLOEXEC | O_NONBLOCK) != 0) return;
  struct sigaction action = {};
  action.sa_handler = onInterrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // the second Ctrl-C is final
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before = {};
    if (sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
  }
}

bool EventLoop::waitReadable(int descriptor) {
  pollfd watched[] = {{.fd = descriptor, .events = POLLIN, .revents = 0},
                      {.fd = interruptPipe[0], .events = POLLIN, .revents = 0}};
  while (interruptSeen == 0 && poll(watched, std::size(watched), -1) < 0 && errno == EINTR) {
  }
  return interruptSeen == 0;
}

int EventLoop::signal() { return interruptSeen; }

}  // namespace peaqos::native
