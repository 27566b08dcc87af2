// SPDX-License-Identifier: Apache-2.0
#include "evm/signer.hpp"

#include <algorithm>
#include <utility>

#include "evm/message.hpp"

namespace peaqos::evm {

Task<SignedTransaction> Signer::sign(Transaction transaction) {
  co_await unlock();
  co_return attachSignature(transaction, co_await signDigest(signingHash(transaction)));
}

Task<MessageSignature> Signer::signMessage(std::string message) {
  co_await unlock();
  const crypto::Signature signature = co_await signDigest(personalMessageHash(message));
  MessageSignature out{};
  const auto rest = std::ranges::copy(signature.r, out.begin()).out;
  std::ranges::copy(signature.s, rest);
  out.back() = static_cast<std::uint8_t>(27 + signature.yParity);
  co_return out;
}

KeySigner::KeySigner(crypto::PrivateKey key) : key_(std::move(key)), address_(addressOf(crypto::publicKeyOf(key_))) {}

Task<void> KeySigner::unlock() { co_return; }

Task<crypto::Signature> KeySigner::signDigest(Hash256 digest) { co_return crypto::sign(key_, digest); }

}  // namespace peaqos::evm
