// How the families of nodes word their refusals.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "evm/rpc.hpp"

namespace peaqos::test {

// Frontier is the Ethereum layer of Substrate chains; peaq is one of them. Substrate is such a chain behind an endpoint
// that passes on the words of the transaction pool itself.
enum class Family { Geth, Erigon, Nethermind, Besu, Reth, Anvil, Frontier, Substrate };

enum class Refusal {
  NonceTooLow,
  AlreadyKnown,
  Underpriced,             // below what the node takes at all
  ReplacementUnderpriced,  // another transaction has the nonce, and this one does not pay enough more
  InsufficientFunds,
  IntrinsicGas,  // the gas limit does not even cover the transaction's data
  FeeBelowBase,
  GasLimitExceeded,  // of a block
  PoolFull,
  TipAboveFee,
  WrongChain,
  Banned,  // refused because it was refused or dropped a moment ago; says nothing of whether it is in the pool
  Reverted,
};

// One wording. Placeholders in the message: {nonce}, {next}, {balance}, {cost}, {gas}, {needed}, {hash}, {reason}.
struct Words {
  Family family;
  Refusal refusal;
  int code;
  std::string_view message;
  std::string_view data = {};
};

// The whole table; of several wordings of one refusal the first is the newest.
std::span<const Words> allWords();

std::string_view name(Family family);

using Facts = std::map<std::string, std::string>;

// A wording as the node's answer, placeholders filled in.
evm::RpcError refusalFrom(const Words& words, const Facts& facts = {});

// The newest wording of a family. A family without one of its own uses Geth's.
evm::RpcError refusalOf(Family family, Refusal refusal, const Facts& facts = {});

}  // namespace peaqos::test
