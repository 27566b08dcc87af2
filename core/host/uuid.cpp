// SPDX-License-Identifier: Apache-2.0
#include "host/uuid.hpp"

#include <array>

#include "base/bytes.hpp"

namespace peaqos::host {

std::string newUuid(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);  // version
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);  // variant
  std::string text = toHex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
  return text;
}

}  // namespace peaqos::host
