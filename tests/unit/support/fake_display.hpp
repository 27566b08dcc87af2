// Terminals that show what a simulated process writes, as wide as a test wants them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/display.hpp"

namespace peaqos::test {

class FakeDisplay : public host::Display {
 public:
  std::optional<std::size_t> columns(host::Stream stream) override {
    return stream == host::Stream::Out ? outColumns : errColumns;
  }
  std::optional<std::size_t> outColumns = {}, errColumns = {};
};

}  // namespace peaqos::test
