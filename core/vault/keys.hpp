// What a wallet's secret opens to: the keys behind its addresses.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/secret.hpp"
#include "crypto/secp256k1.hpp"

namespace peaqos::vault {

enum class KeyType { Mnemonic, PrivateKey };

// "mnemonic" or "private_key".
const char* name(KeyType type);

// Mnemonic: a seed. PrivateKey: a key for each curve, of which the secret may lack the Ed25519 one.
struct Keys {
  Secret seed;  // 64 bytes
  std::optional<crypto::PrivateKey> secp256k1;
  Secret ed25519;  // 32 bytes
};

// Reads a wallet file's plaintext. Nothing when it is none of: a phrase; an object with both keys; 32 bytes, one
// secp256k1 key, as files of the 0.2 era have it.
std::optional<Keys> readPlaintext(KeyType type, BytesView plaintext);

// The plaintext of two keys: compact JSON, as OWS writes and exports it.
Secret writePlaintext(const crypto::PrivateKey& secp256k1, BytesView ed25519);

}  // namespace peaqos::vault
