// Lines of event files that the ledger knows, by their keys.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/events/event_line.hpp"
#include "app/events/key_table.hpp"
#include "ledger/ledger.hpp"
#include "peaq/batch.hpp"

namespace peaqos::app {

// The step of event files in peaqos.log.
constexpr char kSubmitEventsStep[] = "submit_events";

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
  // Of event files alone: the rows that hold a text, such as a key's digits.
  Task<void> readFiles(ledger::Ledger& ledger, std::string needle);

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
    std::uint64_t eventIndex = 0;
    std::uint32_t transaction = 0;  // among those of `transactions_`
  };
  void addRow(const ledger::Row& row);

  std::vector<Transaction> transactions_;
  KeyTable<Entry> lines_;
};

}  // namespace peaqos::app
