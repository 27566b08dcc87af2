// Asking operations to stop.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace peaqos {

namespace detail {

struct CancelState {
  bool cancelled = false;
  std::uint64_t lastId = 0;
  std::map<std::uint64_t, std::function<void()>> callbacks;
};

}  // namespace detail

// Keeps a callback registered until it is destroyed.
class CancelRegistration {
 public:
  CancelRegistration() = default;
  CancelRegistration(std::shared_ptr<detail::CancelState> state, std::uint64_t id)
      : state_(std::move(state)), id_(id) {}
  CancelRegistration(CancelRegistration&& other) noexcept : state_(std::move(other.state_)), id_(other.id_) {}
  CancelRegistration& operator=(CancelRegistration&& other) noexcept {
    std::swap(state_, other.state_);
    std::swap(id_, other.id_);
    return *this;
  }
  ~CancelRegistration() {
    if (state_) state_->callbacks.erase(id_);
  }

 private:
  std::shared_ptr<detail::CancelState> state_;
  std::uint64_t id_ = 0;
};

// Whether an operation is to stop. Cheap to copy; a token without a source is never cancelled.
class CancelToken {
 public:
  CancelToken() = default;

  bool cancelled() const { return state_ && state_->cancelled; }

  // Calls `callback` when the source is cancelled, e.g. to wake a sleeper; at once if it already is. It runs within
  // cancel() and must not throw.
  [[nodiscard]] CancelRegistration onCancel(std::function<void()> callback) const {
    if (!state_) return {};
    if (state_->cancelled) {
      callback();
      return {};
    }
    const std::uint64_t id = ++state_->lastId;
    state_->callbacks.emplace(id, std::move(callback));
    return {state_, id};
  }

 private:
  friend class CancelSource;
  explicit CancelToken(std::shared_ptr<detail::CancelState> state) : state_(std::move(state)) {}
  std::shared_ptr<detail::CancelState> state_;
};

class CancelSource {
 public:
  CancelToken token() const { return CancelToken(state_); }
  bool cancelled() const { return state_->cancelled; }

  // Cancels every token, now and for good; a second call does nothing. Callbacks run in the order of registration.
  void cancel() {
    if (std::exchange(state_->cancelled, true)) return;
    const auto state = state_;  // a callback may destroy this source
    while (!state->callbacks.empty()) {
      const auto node = state->callbacks.extract(state->callbacks.begin());
      node.mapped()();
    }
  }

 private:
  std::shared_ptr<detail::CancelState> state_ = std::make_shared<detail::CancelState>();
};

}  // namespace peaqos
