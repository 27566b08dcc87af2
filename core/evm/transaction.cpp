// SPDX-License-Identifier: Apache-2.0
#include "evm/transaction.hpp"

#include "crypto/keccak.hpp"
#include "evm/rlp.hpp"

namespace peaqos::evm {
namespace {

constexpr std::uint8_t kDynamicFeeType = 0x02;  // EIP-2718 type of EIP-1559

Bytes typed(const Bytes& list) {
  Bytes out{kDynamicFeeType};
  append(out, list);
  return out;
}

U256 number(const Hash256& word) { return *U256::fromBigEndian(word); }

}  // namespace

Bytes unsignedPayload(const Transaction& t) {
  return typed(rlpList({rlpInteger(t.chainId), rlpInteger(t.nonce), rlpInteger(t.maxPriorityFeePerGas),
                        rlpInteger(t.maxFeePerGas), rlpInteger(t.gasLimit), rlpBytes(t.to.bytes), rlpInteger(t.value),
                        rlpBytes(t.data), rlpList({})}));
}

Hash256 signingHash(const Transaction& transaction) { return crypto::keccak256(unsignedPayload(transaction)); }

SignedTransaction attachSignature(const Transaction& t, const crypto::Signature& signature) {
  SignedTransaction out;
  out.raw = typed(rlpList({rlpInteger(t.chainId), rlpInteger(t.nonce), rlpInteger(t.maxPriorityFeePerGas),
                           rlpInteger(t.maxFeePerGas), rlpInteger(t.gasLimit), rlpBytes(t.to.bytes),
                           rlpInteger(t.value), rlpBytes(t.data), rlpList({}), rlpInteger(signature.yParity),
                           rlpInteger(number(signature.r)), rlpInteger(number(signature.s))}));
  out.hash = crypto::keccak256(out.raw);
  return out;
}

}  // namespace peaqos::evm
