// Secret: bytes that are overwritten when they are no longer needed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>

#include "base/bytes.hpp"

namespace peaqos {

// Overwrites memory in a way that the optimiser may not leave out.
void wipe(std::span<std::uint8_t> memory);

// Owns secret bytes: a private key, a passphrase. It can be moved but not copied, has no stream operator and no
// implicit conversion, so that it cannot end in a log or a message by accident; its memory is zeroed at the end.
class Secret {
 public:
  Secret() = default;
  explicit Secret(Bytes bytes) : bytes_(std::move(bytes)) {}
  explicit Secret(BytesView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Secret& operator=(Secret&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(bytes_); }

  // The bytes themselves. A view must not outlive the Secret; do not copy it into a longer-lived string.
  BytesView expose() const { return bytes_; }
  bool empty() const { return bytes_.empty(); }

 private:
  Bytes bytes_;
};

}  // namespace peaqos
