// activateFleet: a file of machines, each activated once.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/events/records.hpp"
#include "app/events/submit_events.hpp"
#include "app/signing/plan.hpp"

namespace peaqos::app {

struct FleetFileRequest {
  std::string file;                         // JSON Lines or CSV
  std::optional<RecordFormat> format = {};  // as `file` is named, or its first character says
  std::optional<evm::U256> gasPerMachine = {};
  bool skipFunding = false;
  bool strict = false;  // spend nothing if any line is invalid
  bool check = false;   // only say what would be done, and what it would cost
  bool yes = false;     // do not ask before anything is spent
};

// What became of one line.
struct MachineResult {
  std::uint64_t line = 0;  // from 1
  LineStatus status = LineStatus::Confirmed;
  std::string machine = {};  // its own account's address; empty where the line names none
  evm::U256 machineId = {};  // 0: none
  evm::U256 tokenId = {};    // 0: none
  bool isSecond = false;     // of the second generation, whose ids are texts in JSON
  std::string hash = {};     // of the last transaction for it in this run
  std::string reason = {};   // why it is not activated, or which line it repeats

  std::string did() const;  // empty where it has none
};

// {line, machine, machine_id, token_id, machine_did, status, tx_hash, reason}; null for what there is not.
Json toJson(const MachineResult& result);

// Takes the results of lines, each once and as soon as it is known.
class FleetResults {
 public:
  virtual ~FleetResults() = default;
  virtual void add(const MachineResult& result) = 0;
  // Makes what was added visible to whoever reads it.
  virtual Task<void> flush() = 0;
};

struct FleetSummary : LineCounts {
  std::uint64_t activated = 0;        // by this run; of a check, what a run would activate
  evm::U256 bonds = {}, topUps = {};  // wei of the operator, as they were when the chain was read
};

// Reads every line, its keys included, and what the chain says of every machine; checks all of it before anything is
// spent; asks Question "activate_fleet" unless told not to. Then does what is missing (peaq::Fleet). A bad line is set
// aside and stops no other. A check ends before the question, and closes no row of the ledger. Reports Progress
// "fleet". Throws Error: Input for the file, "NO_CONSENT", "DECLINED", "INVALID_LINES" with `strict`; Configuration;
// Network before anything is spent.
Task<FleetSummary> activateFleet(FleetFileRequest request, FleetResults& results, Caller caller);

// What activateFleet() would do, from reads alone. Throws as it does before it spends anything.
Task<Plan> planFleet(FleetFileRequest request, Caller caller);

}  // namespace peaqos::app
