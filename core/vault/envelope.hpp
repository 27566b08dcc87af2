// The encrypted part of a wallet file: its member `crypto` (docs/vault.md#envelope).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.hpp"
#include "base/secret.hpp"
#include "host/host.hpp"

namespace peaqos::vault {

// Checks everything about the envelope that can be told without the passphrase. Throws Error (Input): BAD_WALLET_FILE,
// WEAK_KDF, LARGE_KDF. `what` names the wallet in messages.
void checkEnvelope(const Json& envelope, const std::string& what);

// As checkEnvelope(), before any memory is taken, then decrypts. Throws Error (Input) as well: BAD_PASSPHRASE (a
// damaged ciphertext looks the same), OUT_OF_MEMORY.
Secret openEnvelope(const Json& envelope, BytesView passphrase, const std::string& what);

// Encrypts under a fresh salt and nonce, as OWS writes it. Throws Error (Input) OUT_OF_MEMORY.
Json sealEnvelope(BytesView plaintext, BytesView passphrase, host::Random& random);

// As above with given salt and nonce, for tests.
Json sealEnvelope(BytesView plaintext, BytesView passphrase, BytesView salt, BytesView nonce);

}  // namespace peaqos::vault
