// Who signed a personal message.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "evm/address.hpp"

namespace peaqos::evm {

// The account whose signature of a message (EIP-191) this is: 65 bytes as hexadecimal digits, with or without "0x", the
// last one 0, 1, 27 or 28. Nothing for a text that is no signature.
std::optional<Address> messageSigner(std::string_view message, std::string_view signature);

}  // namespace peaqos::evm
