// submitEvents: a file or stream of events, each on the chain once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/events/records.hpp"
#include "app/signing/plan.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "evm/u256.hpp"

namespace peaqos::app {

struct EventsRequest {
  std::string file;                                 // "-" for standard input
  std::optional<RecordFormat> format = {};          // as `file` is named, or its first character says
  bool check = false;                               // judge lines only; needs no configuration
  bool strict = false;                              // send nothing if any line is invalid; not with standard input
  bool yes = false;                                 // do not ask before sending
  std::optional<std::uint64_t> batch = {};          // most events in a transaction; above 0
  std::optional<std::uint64_t> inFlight = {};       // most transactions under way; above 0
  std::optional<evm::U256> maxTotalFee = {};        // wei that the fees of this run may come to
  std::uint64_t confirmations = 1;                  // blocks, its own counted, that make a transaction's end certain
  bool finality = false;                            // in place of that: the node's finalized block
  std::optional<std::uint64_t> reconcileFrom = {};  // the block from which on the chain is searched; not with "-"
};

enum class LineStatus : std::uint8_t { Confirmed, Rejected, Invalid, Duplicate, Pending };

// "confirmed", "rejected", "invalid", "duplicate", "pending".
const char* name(LineStatus status);

// What became of one line.
struct LineResult {
  std::uint64_t line = 0;  // from 1
  std::string id = {};     // empty without
  LineStatus status = LineStatus::Confirmed;
  std::string hash = {};                         // of its transaction; empty without one
  std::optional<std::uint64_t> block = {};       // of that transaction
  std::optional<std::uint64_t> eventIndex = {};  // of the machine's events
  std::string reason = {};                       // why it is not on the chain, or which line it repeats
};

// {line, id, status, tx_hash, block, index, reason}; null for what there is not.
Json toJson(const LineResult& result);

// Takes the results of lines, each once and as soon as it is known.
class EventResults {
 public:
  virtual ~EventResults() = default;
  virtual void add(const LineResult& result) = 0;
  // Makes what was added visible to whoever reads it.
  virtual Task<void> flush() = 0;
};

// What became of the lines of a file.
struct LineCounts {
  std::uint64_t lines = 0;
  std::uint64_t earlier = 0;  // done by earlier runs
  std::uint64_t rejected = 0, invalid = 0, duplicates = 0, pending = 0;
  std::uint64_t transactions = 0;     // mined in this run
  evm::U256 fees = {};                // wei, of those that the node reported
  std::string currency = {};          // of the fees
  std::optional<Error> stopped = {};  // why the run ended before its time
};

struct EventsSummary : LineCounts {
  std::uint64_t sent = 0;  // confirmed by this run; with `check`: lines that are good
  // With `check`, of the good lines:
  std::uint64_t machines = 0;
  std::map<std::string, evm::U256> revenue = {};  // by currency, in its minor unit
};

// {currency: decimal text}
Json revenueOf(const EventsSummary& summary);

// Judges every line, sends what is neither bad nor on the chain, in groups through the batch precompile where the chain
// has one, and settles what an earlier run left under way. Lines that the contract refuses are found before anything is
// sent and set aside. Memory: some 60 bytes a line, by which it is known again. Asks
// Question "send_events" unless told not to; reports Progress "events".
// With `reconcileFrom`, lines that the ledger does not know and the chain has are written into the ledger first.
// With `confirmations` or `finality` a line's end is told, and its row closed, once its block is that deep and holds it
// still; lines of a transaction that a reorganization dropped go out again.
// Throws Error: Input for the file, "NO_CONSENT", "DECLINED", "INVALID_LINES" with `strict`; Configuration; Network
// before the first line.
Task<EventsSummary> submitEvents(EventsRequest request, EventResults& results, Caller caller);

// What submitEvents() would do with a file, from reads alone; not with standard input, which could be read only once.
// Throws as it does before the first line is sent.
Task<Plan> planEvents(EventsRequest request, Caller caller);

}  // namespace peaqos::app
