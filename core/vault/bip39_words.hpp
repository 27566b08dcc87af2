// The English word list of BIP-39. Its text is put into the build from the pinned file that set-up fetched.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace peaqos::vault {

// 2048 words in alphabetical order, each with a line feed behind it.
extern const std::string_view kBip39Words;

}  // namespace peaqos::vault
