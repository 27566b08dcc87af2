// What a node means by an error in its answer to eth_sendRawTransaction.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "evm/rpc_reply.hpp"

namespace peaqos::evm {

enum class SendRefusal {
  AlreadyKnown,            // the node has these very bytes, in its pool or in a block
  NonceTooLow,             // a transaction with this nonce has been mined: another, or this one
  NonceTooHigh,            // earlier nonces of the account are missing, and the node keeps no gaps
  Underpriced,             // the fee is below what the node takes
  ReplacementUnderpriced,  // its pool holds another transaction with this nonce, and the fee does not outbid that
  FeeBelowBase,            // maxFeePerGas is below the base fee
  FeeAboveCap,             // the fee is above a limit that the node's operator has set
  InsufficientFunds,       // the balance does not cover value and maxFeePerGas x gas
  IntrinsicGas,            // the gas limit is below what the transaction needs before anything runs
  GasLimitExceeded,        // the gas limit is above a block's, or above the node's for one transaction
  PoolFull,                // no place in the pool, or none for this account
  Temporary,               // the node is not ready, or has banned the bytes for a while
  WrongChain,              // signed for another chain
  Malformed,               // not a transaction that the chain could execute: signature, encoding, type, size, sender
  RateLimited,             // not a word about the transaction
  Unknown,                 // none of the words below
};

struct NodeWords {
  std::string_view words;  // lower case
  SendRefusal meaning;
};

// The table that sendRefusal() reads: the words of every family of nodes.
std::span<const NodeWords> nodeWords();

// The meaning of an error, by its message and its data's text, in any letter case; the longest words found decide.
// An error that speaks of a revert is Unknown: development nodes report so a transaction that they have mined.
SendRefusal sendRefusal(const RpcError& error);

// Whether a refusal is a verdict on the transaction itself: sent for the first time and refused so, it is in no pool.
// A refusal for the state of the pool, the node or the account's other transactions is none.
bool speaksOfTransaction(SendRefusal refusal);

}  // namespace peaqos::evm
