// EIP-1559 transactions.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "crypto/secp256k1.hpp"
#include "evm/address.hpp"
#include "evm/u256.hpp"

namespace peaqos::evm {

inline constexpr std::uint64_t kTransferGas = 21'000;  // of native coins to an account without code

// A call of an account or contract, type 2, with an empty access list.
struct Transaction {
  std::uint64_t chainId = 0;
  std::uint64_t nonce = 0;
  U256 maxPriorityFeePerGas;  // wei
  U256 maxFeePerGas;          // wei
  std::uint64_t gasLimit = 0;
  Address to;
  U256 value;  // wei
  Bytes data;
};

struct SignedTransaction {
  Bytes raw;  // what eth_sendRawTransaction takes
  Hash256 hash{};
};

// 0x02 || rlp([chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gasLimit, to, value, data, accessList]).
Bytes unsignedPayload(const Transaction& transaction);

// The digest that is signed: keccak-256 of the payload.
Hash256 signingHash(const Transaction& transaction);

SignedTransaction attachSignature(const Transaction& transaction, const crypto::Signature& signature);

}  // namespace peaqos::evm
