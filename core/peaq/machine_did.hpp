// The DID of a machine of either generation: its account's, or its id's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "peaq/networks.hpp"

namespace peaqos::peaq {

// The DID as given, when it is did:peaq:0x and 40 hexadecimal digits, or did:peaq: and a machine id in decimal. Throws
// Error (Input, "INVALID_DID") otherwise.
std::string checkMachineDid(std::string_view text);

// Which generation a checked DID belongs to.
Generation generationOf(std::string_view did);

}  // namespace peaqos::peaq
