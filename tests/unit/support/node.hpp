// One backend of an RPC endpoint: a node of some family that sees the chain in its own way.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/json.hpp"
#include "evm/rpc.hpp"
#include "support/chain.hpp"

namespace peaqos::test {

// How far behind the truth an answer is: it speaks of the newest block that is at least `time` old, less `blocks`.
// After a reorg a backend that lags sees the new branch, never the old one.
struct Lag {
  microseconds time{0};
  std::uint64_t blocks = 0;
};

struct Backend {
  Family family = Family::Geth;
  Lag lag = {};                               // of everything
  Lag lookupLag = {};                         // beyond `lag`, of receipts and transactions by hash
  Lag nonceLag = {};                          // beyond `lag`, of eth_getTransactionCount
  int blindLookups = 0;                       // so many look-ups of receipts and transactions more find nothing
  microseconds gossip{0};                     // until a transaction that another backend took is in this one's pool
  bool sharesPool = true;                     // false: what others took never gets into its pool
  bool passesOn = true;                       // false: it takes transactions and tells nobody: they are never mined
  bool keepsIndex = true;                     // false: eth_getTransactionByHash and receipts find nothing that is mined
  std::optional<bool> refusesBelowBase = {};  // a fee cap below the base fee; unset: as the family does
  std::optional<std::uint64_t> chainId = {};  // another chain than it should be
  std::optional<std::uint64_t> logRange = {};  // most blocks that eth_getLogs may span
  std::optional<bool> finalizedTag = {};       // false: the tag "finalized" is an error
};

class Node {
 public:
  Node(Chain& chain, EventLoop& loop, Backend& backend, int index)
      : chain_(chain), loop_(loop), backend_(backend), index_(index) {}

  // What the node answers to one call: a result, or its refusal.
  evm::RpcReply call(const std::string& method, const Json& params);

 private:
  const Block& view(Lag more = {});
  const Block* blockOf(const Json& tag);
  bool sees(const Pooled& entry) const;
  evm::RpcReply blockReply(const Block* block, bool full);
  Json pendingBlock(bool full);
  evm::RpcReply count(const Json& params);
  evm::RpcReply simulate(const Json& params, bool estimate);
  evm::RpcReply send(const Json& params);
  evm::RpcReply transaction(const Json& params);
  evm::RpcReply receipt(const Json& params);
  evm::RpcReply feeHistory(const Json& params);
  evm::RpcReply logs(const Json& params);
  bool blind();
  std::optional<Chain::Location> locate(const Json& params);

  Chain& chain_;
  EventLoop& loop_;
  Backend& backend_;
  int index_;
};

}  // namespace peaqos::test
