// Contracts of the second generation whose calls look like those of any token.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "evm/address.hpp"

namespace peaqos::peaq::v2 {

// Whether an address is the MachineRegistry on this chain: its tokens are machines, and a number of them is an id.
bool isMachineRegistry(std::uint64_t chainId, const evm::Address& address);

}  // namespace peaqos::peaq::v2
