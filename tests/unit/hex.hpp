// Hexadecimal literals for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace peaqos {

inline Bytes hex(std::string_view digits) { return fromHex(digits).value(); }

inline Hash256 hash(std::string_view digits) { return fromHexExactly<32>(digits).value(); }

}  // namespace peaqos
