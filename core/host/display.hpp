// What shows the streams that a host's terminal writes to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "host/host.hpp"

namespace peaqos::host {

class Display {
 public:
  virtual ~Display() = default;
  // The width in characters of the terminal that shows a stream, 0 if it does not tell; nothing where none shows it.
  virtual std::optional<std::size_t> columns(Stream stream) = 0;
};

}  // namespace peaqos::host
