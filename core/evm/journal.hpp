// peaqos.log: what was done and what is under way, one JSON object a line.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/task.hpp"
#include "evm/address.hpp"
#include "host/host.hpp"

namespace peaqos::evm {

// The audit trail and the memory between runs. Rows are compact JSON with sorted keys and a time stamp `ts`; the file
// is private (0600), and a row is on the disk before append() returns (decision 9).
class Journal {
 public:
  static constexpr char kFile[] = "peaqos.log";

  Journal(host::Files& files, host::Clock& clock) : files_(files), clock_(clock) {}

  // Makes sure that rows can be written. Throws Error (Input) otherwise.
  Task<void> open();

  // Adds a row {step, status, ts, ...facts}, on a line of its own once the file has been read.
  Task<void> append(std::string step, std::string status, Json facts);

  // Every row that is a JSON object; other lines are passed over. An absent file has no rows.
  Task<std::vector<Json>> rows();

  // The `pending` rows of transactions whose end is not recorded: no later row has their hash. With `since`, a row's
  // `ts`, also those that were confirmed from then on.
  Task<std::vector<Json>> unresolved(std::string since = {});

 private:
  Task<void> write(std::string line);

  host::Files& files_;
  host::Clock& clock_;
  bool torn_ = false;  // the file, as last read, ends within a line
};

}  // namespace peaqos::evm
