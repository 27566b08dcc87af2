// Lines of event files that the ledger knows, by their keys.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/events/event_line.hpp"
#include "ledger/ledger.hpp"
#include "peaq/batch.hpp"

namespace peaqos::app {

// The step of event files in peaqos.log.
constexpr char kSubmitEventsStep[] = "submit_events";

// Keys are hashes: any of their words spreads well.
struct LineKeyHash {
  std::size_t operator()(const LineKey& key) const {
    std::size_t word = 0;
    std::memcpy(&word, key.data(), sizeof word);
    return word;
  }
};

// Where on the chain a line took effect, or which transaction may yet do it.
struct Place {
  std::string hash = {};
  std::optional<std::uint64_t> block = {};
  std::optional<std::uint64_t> eventIndex = {};
  bool pending = false;
};

// The facts of a row for a transaction with these lines, in its order.
Json factsOf(const std::vector<LineKey>& keys);
// The same once the transaction is mined: `outcomes` is the machine's event index of each, true where it is not known,
// false for a call that failed.
Json factsOf(Json facts, std::uint64_t block, const std::vector<peaq::CallResult>& results);
// Reads the first of them back; what is no key is left out.
std::vector<LineKey> keysOf(const Json& facts);

class KnownLines {
 public:
  // Everything that `account` has brought to the chain of this id, by rows of event files, and of `qualify event` with
  // an idempotency key.
  Task<void> read(ledger::Ledger& ledger, std::uint64_t chainId, evm::Address account);

  void add(const LineKey& key, Place place);
  std::optional<Place> find(const LineKey& key) const;
  std::size_t size() const { return lines_.size(); }

 private:
  struct Transaction {
    std::string hash;
    std::optional<std::uint64_t> block;
    bool pending = false;
  };
  struct Entry {
    std::uint32_t transaction = 0;  // among those of `transactions_`
    std::uint64_t eventIndex = 0;
  };
  void addRow(const ledger::Row& row);

  std::vector<Transaction> transactions_;
  std::unordered_map<LineKey, Entry, LineKeyHash> lines_;
};

}  // namespace peaqos::app
