// Terminals that show what a simulated process writes, as wide as a test wants them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/display.hpp"

namespace peaqos::test {

class FakeDisplay : public host::Display {
 public:
  std::optional<host::TerminalSize> size(host::Stream stream) override {
    const auto columns = stream == host::Stream::Out ? outColumns : errColumns;
    return columns ? std::optional(host::TerminalSize{.rows = 24, .columns = *columns}) : std::nullopt;
  }
  std::optional<std::size_t> outColumns = {}, errColumns = {};
};

}  // namespace peaqos::test
