// Secrets that a person types.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/task.hpp"
#include "host/host.hpp"

namespace peaqos::host {

// Reads lines of which nothing is shown, one after the other.
class HiddenLines {
 public:
  explicit HiddenLines(Host& host) : host_(host) {}

  // Asks, then reads the next line; nothing at the end of input. Throws Error: Interrupted for Ctrl-C, Input
  // "ANSWER_TOO_LONG".
  Task<std::optional<Secret>> read(std::string prompt);

 private:
  Host& host_;
  bool afterReturn_ = false;  // the last line ended in a carriage return: its line feed may still come
};

}  // namespace peaqos::host
