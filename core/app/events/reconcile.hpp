// Lines that the chain has and a lost ledger has not: found by the chain's logs, and written down.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "app/events/line_judge.hpp"
#include "evm/rpc.hpp"

namespace peaqos::app {

// Events of one account that the chain has, by what they do: an event with an idempotency key is on the chain without
// it.
class ChainEvents {
 public:
  ChainEvents(evm::RpcClient& rpc, Sender sender, evm::Address precompile)
      : rpc_(rpc), sender_(sender), precompile_(precompile) {}

  // Reads the EventSubmitted logs of these machines from a block on, and the transactions behind them that the account
  // sent. Throws Error (Network) for what the node refuses.
  Task<void> read(std::set<evm::U256> machines, std::uint64_t fromBlock);

  // One that does what the line does and that no line before it has taken.
  std::optional<Place> take(const EventLine& line);

  std::size_t size() const { return count_; }

 private:
  std::vector<Hash256> newTransactions(const Json& logs);
  Task<void> readTransactions(std::vector<Hash256> hashes);
  Task<void> readSome(std::vector<Hash256> hashes);
  void addCall(const evm::Address& to, Bytes call, Place place);

  evm::RpcClient& rpc_;
  const Sender sender_;
  const evm::Address precompile_;
  std::set<Hash256> seen_;  // transactions
  KeyTable<std::vector<Place>> places_;
  std::size_t count_ = 0;
};

}  // namespace peaqos::app
