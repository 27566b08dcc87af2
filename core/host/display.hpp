// What shows the streams that a host's terminal writes to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "host/host.hpp"

namespace peaqos::host {

// In characters; 0 where a terminal does not tell.
struct TerminalSize {
  std::size_t rows = 0, columns = 0;
};

class Display {
 public:
  virtual ~Display() = default;
  // The size of the terminal that shows a stream; std::nullopt where none does. A person may change it at any time.
  virtual std::optional<TerminalSize> size(Stream stream) = 0;
};

}  // namespace peaqos::host
