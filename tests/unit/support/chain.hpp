// A small EVM chain: what is true, whatever its nodes say.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "evm/receipt.hpp"
#include "support/event_loop.hpp"
#include "support/node_words.hpp"
#include "support/raw_transaction.hpp"

namespace peaqos::test {

constexpr std::uint64_t kGwei = 1'000'000'000;
constexpr evm::U256 gwei(std::uint64_t count) { return evm::U256(count * kGwei); }
// Whole coins in wei.
evm::U256 coins(std::uint64_t count);

struct ChainSettings {
  std::uint64_t chainId = 3338;
  microseconds blockTime = seconds(6);   // 0: blocks are mined on demand only
  bool instant = false;                  // a block for each transaction as it arrives, as development nodes do
  evm::U256 baseFee = gwei(1);           // of the next blocks
  evm::U256 suggestedTip = gwei(1);      // eth_maxPriorityFeePerGas
  evm::U256 typicalTip = gwei(1);        // eth_feeHistory's reward of blocks without transactions
  std::uint64_t gasLimit = 30'000'000;   // of a block
  std::uint64_t finality = 2;            // blocks from the head to the finalized one
  std::int64_t genesis = 1'767'225'600;  // time stamp of block 0, as World's wall clock at virtual time 0
};

struct Call {
  evm::Address from;
  evm::Address to;
  evm::U256 value;
  Bytes data;
};

struct CallResult {
  Bytes output = {};  // or revert data
  bool reverted = false;
  std::string reason = {};     // of a revert, for the node's message
  std::uint64_t gas = 30'000;  // beyond the intrinsic cost of the transaction
  std::vector<evm::Log> logs = {};
};

// What a contract does: a pure function, since calls are simulated, repeated and rolled back.
using Contract = std::function<CallResult(const Call& call)>;

// CallResult of require(false, reason).
CallResult revertWith(const std::string& reason);
// CallResult of a custom error without arguments, e.g. "NotOwner()".
CallResult revertWithError(std::string_view signature);

struct Account {
  evm::U256 balance;
  std::uint64_t nonce = 0;
};

struct Mined {
  RawTransaction transaction;
  bool succeeded = true;
  std::uint64_t gasUsed = 0;
  evm::U256 price;  // wei a gas unit
  std::vector<evm::Log> logs;
};

struct Block {
  std::uint64_t number = 0;
  Hash256 hash{};
  Hash256 parent{};
  microseconds mined{0};       // virtual time
  std::int64_t timestamp = 0;  // s since 1970
  evm::U256 baseFee;
  std::uint64_t gasUsed = 0;
  std::vector<Mined> transactions;
  std::shared_ptr<const std::map<evm::Address, Account>> state;  // after the block

  Account account(const evm::Address& address) const;
};

// What a transaction does: the identity of an intent.
struct Effect {
  evm::Address from;
  evm::Address to;
  evm::U256 value;
  Bytes data;
  friend auto operator<=>(const Effect&, const Effect&) = default;
};

// Where a transaction waits for a block.
struct Pooled {
  RawTransaction transaction;
  microseconds arrived{0};
  int origin = -1;       // index of the backend that took it; -1: all know it
  bool mineable = true;  // false: the backend that took it never passes it on
};

class Chain {
 public:
  explicit Chain(EventLoop& loop, ChainSettings settings = {});

  const ChainSettings& settings() const { return settings_; }
  // For changing some, e.g. truth.change().baseFee = gwei(50). Blocks that are due are mined by the old ones first.
  ChainSettings& change() {
    catchUp();
    return settings_;
  }

  // --- Accounts and contracts

  void setBalance(const evm::Address& address, const evm::U256& wei);
  // An address with code. Calls of any other address succeed and do nothing.
  void setContract(const evm::Address& address, Contract contract) {
    catchUp();
    contracts_[address] = std::move(contract);
  }
  // A contract that accepts everything.
  void setContract(const evm::Address& address) {
    setContract(address, [](const Call&) { return CallResult{}; });
  }
  bool hasCode(const evm::Address& address) const { return contracts_.contains(address); }
  CallResult simulate(const Call& call) const;
  static std::uint64_t intrinsicGas(BytesView data);

  // --- Blocks. Those that are due are mined when somebody looks: head() and the ScriptedChain do.

  const Block& head();
  const Block* block(std::uint64_t number) const;
  const Block* block(const Hash256& hash) const;
  std::size_t size() const { return blocks_.size(); }
  // Mines a block now.
  const Block& mine();
  // Mines until no transaction that waits could enter a block.
  void settle();

  // --- The pool

  // Why a node would refuse it on the state of a block, or std::nullopt once it is in the pool. `backend` took it.
  std::optional<std::pair<Refusal, Facts>> submit(RawTransaction transaction, const Block& view, int backend,
                                                  bool refuseBelowBase, bool passesOn);
  const Pooled* pooled(const Hash256& hash) const;
  const Pooled* pooled(const evm::Address& sender, std::uint64_t nonce) const;
  std::size_t poolSize() const;
  // Forgets a transaction, as nodes do with what is too old or too cheap.
  void drop(const Hash256& hash);

  // --- What others do

  // A transaction of the same account by another wallet, unsigned. It takes the nonce from whatever waits there.
  // Returns its hash.
  Hash256 usurp(const evm::Address& sender, std::uint64_t nonce, const evm::Address& to = {},
                const evm::U256& value = 0);

  enum class Fate {
    Return,  // back into the pool
    Vanish,  // nobody knows it any more
    Remine,  // in the new branch as well, one block later where there is one
  };
  // The last blocks never happened: as many new ones take their place.
  void reorg(std::uint64_t depth, Fate fate);

  // --- The truth

  // The block and index of a transaction on the canonical chain.
  struct Location {
    const Block* block;
    std::size_t index;
    const Mined& mined() const { return block->transactions[index]; }
  };
  std::optional<Location> find(const Hash256& hash) const;
  // How often each thing took effect on the canonical chain: transactions mined and not reverted.
  std::map<Effect, int> effects();
  // The effects on an address; of one account only if it is given.
  int effectsOn(const evm::Address& to, const std::optional<evm::Address>& from = {});
  // All canonical transactions of an account, in order.
  std::vector<Mined> transactionsOf(const evm::Address& sender);

 private:
  using State = std::map<evm::Address, Account>;

  void catchUp();
  Block& addBlock(microseconds time, bool empty);
  const Pooled* choose(const Block& block, const State& state) const;
  Mined execute(const RawTransaction& transaction, const Block& block, State& state) const;
  void index(const Block& block);
  void prune();
  std::optional<std::pair<Refusal, Facts>> check(const RawTransaction& transaction, const Block& view,
                                                 bool refuseBelowBase) const;

  EventLoop& loop_;
  ChainSettings settings_;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::map<evm::Address, std::map<std::uint64_t, Pooled>> pool_;
  std::map<Hash256, Location> mined_;
  std::map<evm::Address, Contract> contracts_;
  std::optional<microseconds> nextBlock_;  // none while blocks are mined on demand
  std::uint64_t branch_ = 0;
};

}  // namespace peaqos::test
