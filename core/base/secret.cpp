// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

namespace peaqos {

void wipe(std::span<std::uint8_t> memory) {
  volatile std::uint8_t* bytes = memory.data();
  for (std::size_t i = 0; i < memory.size(); ++i) bytes[i] = 0;
}

}  // namespace peaqos
