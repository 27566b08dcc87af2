// The machines that a file names, a line each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/fleet/activate_fleet.hpp"
#include "app/fleet/machine_keys.hpp"
#include "app/machine/activation_fields.hpp"

namespace peaqos::app {

// A line that can be read.
struct FleetLine {
  std::uint64_t line = 0;  // from 1
  ActivateMachineRequest fields = {};
  std::unique_ptr<evm::Signer> signer = {};  // of the machine's own account; null where the line names none
};

// Who takes the lines: the fleet of a generation.
class FleetLines {
 public:
  virtual ~FleetLines() = default;
  // Takes a line over; returns the earlier line of the same machine, if there is one. `result` gets what the line says
  // of its machine. Throws Error (Input) for what is wrong with it.
  virtual std::optional<std::uint64_t> take(FleetLine line, const Caller& columns, MachineResult& result) = 0;
};

// Reads every line, its key and its document included. What is wrong with a line is a result; what concerns more than
// the line (a passphrase, say) is thrown.
class FleetFile {
 public:
  FleetFile(const FleetFileRequest& request, Caller& caller, const Configuration& configuration)
      : request_(request), caller_(caller), keys_(caller, configuration) {}

  Task<void> read(FleetLines& lines, FleetResults& results);

  FleetSummary summary;

 private:
  Task<FleetLine> lineOf(Record record);
  Task<std::unique_ptr<evm::Signer>> signerOf(const Record& record);

  const FleetFileRequest& request_;
  Caller& caller_;
  MachineKeys keys_;
};

}  // namespace peaqos::app
