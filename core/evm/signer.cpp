// SPDX-License-Identifier: Apache-2.0
#include "evm/signer.hpp"

#include <utility>

namespace peaqos::evm {

KeySigner::KeySigner(crypto::PrivateKey key) : key_(std::move(key)), address_(addressOf(crypto::publicKeyOf(key_))) {}

Task<SignedTransaction> KeySigner::sign(const Transaction& transaction) {
  co_return attachSignature(transaction, crypto::sign(key_, signingHash(transaction)));
}

}  // namespace peaqos::evm
