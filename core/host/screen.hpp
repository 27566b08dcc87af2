// The terminal that standard output is shown on, for what is drawn anew in place. Few outputs are one.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

namespace peaqos::host {

struct ScreenSize {
  std::size_t rows = 0, columns = 0;
};

class Screen {
 public:
  virtual ~Screen() = default;
  // std::nullopt where standard output is none. A person may change it at any time.
  virtual std::optional<ScreenSize> size() = 0;
};

}  // namespace peaqos::host
