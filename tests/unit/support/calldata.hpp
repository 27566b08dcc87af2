// Calldata as a contract of a test reads it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string_view>

#include "evm/abi.hpp"

namespace peaqos::test {

// Whether it calls the function of this signature.
inline bool calls(BytesView data, std::string_view signature) {
  return data.size() >= 4 && std::ranges::equal(data.first(4), evm::selector(signature));
}

// What it hands to the function.
inline evm::AbiReader argumentsOf(BytesView data) { return evm::AbiReader(data.subspan(4)); }

}  // namespace peaqos::test
