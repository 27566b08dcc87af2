// Keys of a seed's tree: BIP-32 for secp256k1, SLIP-10 for Ed25519.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "crypto/secp256k1.hpp"

namespace peaqos::vault {

// Child numbers from the root; hardened ones have the top bit.
using Path = std::vector<std::uint32_t>;

constexpr std::uint32_t kHardened = 0x80000000U;

// "m/44'/60'/0'/0/0". Nothing when the text is no path.
std::optional<Path> parsePath(std::string_view text);

// Nothing when a level has no key (probability 2^-127).
std::optional<crypto::PrivateKey> deriveSecp256k1(BytesView seed, const Path& path);

// 32 bytes. Every level must be hardened, else nothing.
std::optional<Secret> deriveEd25519(BytesView seed, const Path& path);

}  // namespace peaqos::vault
