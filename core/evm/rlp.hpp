// Recursive Length Prefix: how Ethereum serialises transactions (Yellow Paper, appendix B).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <span>

#include "base/bytes.hpp"
#include "evm/u256.hpp"

namespace peaqos::evm {

// One item, encoded.
Bytes rlpBytes(BytesView bytes);
Bytes rlpInteger(const U256& value);
// A list of items that are already encoded.
Bytes rlpList(std::span<const Bytes> items);
inline Bytes rlpList(std::initializer_list<Bytes> items) { return rlpList(std::span(items.begin(), items.size())); }

}  // namespace peaqos::evm
