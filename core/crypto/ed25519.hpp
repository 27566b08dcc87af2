// Public keys of Ed25519, by TinySSH's arithmetic and Botan's hashes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"

namespace peaqos::crypto {

// The public key of a private key of 32 bytes (RFC 8032).
Hash256 ed25519PublicKey(BytesView key);

// As above with BLAKE2b-512 instead of SHA-512: the keys of Nano.
Hash256 ed25519Blake2bPublicKey(BytesView key);

}  // namespace peaqos::crypto
