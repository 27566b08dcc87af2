// What calls of the second generation do, read back from their bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "peaq/decoded_call.hpp"

namespace peaqos::peaq::v2 {

// The calls that activate machines, change them, and pay for them; as peaq::decodeCall(), but nothing for every other
// one. Those that ERC-20 tokens have as well, approve() and transferFrom(), are not among them: who is called says what
// they mean.
std::optional<DecodedCall> decodeCall(BytesView data);

}  // namespace peaqos::peaq::v2
