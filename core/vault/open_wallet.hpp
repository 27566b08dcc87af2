// From a wallet file and its passphrase to what is inside.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/secret.hpp"
#include "crypto/secp256k1.hpp"
#include "vault/wallet_file.hpp"

namespace peaqos::vault {

// A wallet's name for messages: in quotation marks, without control characters.
std::string quotedName(const WalletFile& wallet);

// The secret as it was imported or made. Throws Error (Input) as openEnvelope() does; WALLET_TOO_NEW; WALLET_MISMATCH
// when the file's EVM address does not belong to the secret, since nothing else ties the two together. A secret that
// cannot be read as one (a bare key, say) is given out as it is: who exports it knows what to do with it.
Secret openWallet(const WalletFile& wallet, BytesView passphrase);

// The EVM key, at the path that the file names; nothing else stays in memory. Throws as openWallet(), and
// BAD_WALLET_FILE for a wallet without EVM account or a secret that is neither phrase nor keys.
crypto::PrivateKey openEvmKey(const WalletFile& wallet, BytesView passphrase);

}  // namespace peaqos::vault
