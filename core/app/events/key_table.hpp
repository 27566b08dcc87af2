// Values by 128-bit keys, in little more memory than they take themselves: a hundred thousand lines are some megabytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <utility>
#include <vector>

#include "app/events/event_line.hpp"

namespace peaqos::app {

// Open addressing over entries that never move. Keys are hashes: any of their words spreads well.
template <typename Value>
class KeyTable {
 public:
  // The value of a key, and whether it was added now.
  std::pair<Value*, bool> insert(const LineKey& key, Value value) {
    if ((entries_.size() + 1) * 4 > slots_.size() * 3) grow();
    std::uint32_t& slot = slots_[place(key)];
    if (slot != 0) return {&entries_[slot - 1].value, false};
    entries_.push_back({std::move(value), key});
    slot = static_cast<std::uint32_t>(entries_.size());
    return {&entries_.back().value, true};
  }

  const Value* find(const LineKey& key) const {
    if (slots_.empty()) return nullptr;
    const std::uint32_t slot = slots_[place(key)];
    return slot == 0 ? nullptr : &entries_[slot - 1].value;
  }

  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    Value value;
    LineKey key;
  };

  // Where a key is, or would be: at most three quarters of the slots are taken.
  std::size_t place(const LineKey& key) const {
    std::uint32_t word = 0;
    std::memcpy(&word, key.data(), sizeof word);
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = word & mask;
    while (slots_[at] != 0 && entries_[slots_[at] - 1].key != key) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    constexpr std::size_t kFirst = 1024;
    const std::size_t size = slots_.empty() ? kFirst : slots_.size() * 2;
    slots_ = std::vector<std::uint32_t>();  // gone before the larger ones come
    slots_.resize(size);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      slots_[place(entries_[i].key)] = static_cast<std::uint32_t>(i + 1);
    }
  }

  std::deque<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // 1 + the index of an entry; 0: free
};

}  // namespace peaqos::app
