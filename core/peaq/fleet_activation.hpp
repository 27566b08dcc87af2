// The activation of many machines of the first generation by their operator: what each still needs, and doing it in
// few transactions and requests.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evm/fees.hpp"
#include "peaq/activation.hpp"
#include "peaq/fleet.hpp"
#include "peaq/machine_attributes.hpp"

namespace peaqos::peaq {

class ActivationWork;
struct ActivationState;

struct FleetMachine {
  evm::Signer* signer = nullptr;  // unlocked; outlives the activation
  ActivationRequest request;
};

struct FleetRequest {
  std::vector<FleetMachine> machines;           // all different, none the operator
  std::optional<evm::U256> gasPerMachine = {};  // wei that the operator tops each machine up to that still has to pay
  bool skipFunding = false;                     // no money from the Gas Station
};

// Every step reads before it writes: a rerun does only what is missing, whenever the run before it ended.
class FleetActivation : public Fleet {
 public:
  FleetActivation(FleetRequest request, ActivationContext context);
  ~FleetActivation() override;

  Task<void> settleEarlier() override;
  // Throws also Error (Network): "OPERATOR_NOT_REGISTERED", "MACHINES_LIST_FULL", "BAD_MACHINES_LIST".
  Task<void> survey() override;
  FleetCosts costs() const override;
  // Grouped as the network's batch precompile takes it.
  std::vector<FleetTransaction> planned() const override;
  Task<std::optional<Error>> run() override;

  std::vector<FleetOutcome> outcomes() const override;
  std::uint64_t chainId() const override { return chainId_; }
  std::uint64_t transactions() const override { return transactions_; }
  evm::U256 fees() const override { return fees_; }
  evm::U256 operatorBalance() const override { return operatorBalance_; }

 private:
  struct Entry;

  bool isOut(const Entry& entry) const;
  Task<void> readOperator();
  Task<void> readMachines();
  Task<void> readIds(bool tokens);
  Task<void> readOwners();
  Task<void> estimate();
  void judge();
  void checkOperator();
  std::vector<evm::U256> newIds() const;

  std::vector<OperatorCall> topUps() const;
  std::vector<OperatorCall> registrations() const;
  std::vector<OperatorCall> mints(bool unregistered) const;
  std::optional<evm::Intent> didWrite(std::size_t index) const;
  FleetTransaction priced(FleetTransaction transaction) const;

  Task<void> call(const char* step, std::vector<OperatorCall> calls, const char* done);
  Task<void> fundFromStation();
  Task<void> writeDids();
  Task<void> writeDidGroup(std::vector<std::size_t> group);
  Task<void> rereadAttributes(std::vector<std::size_t> group);
  Task<void> writeList();
  void stop(const Error& why);
  void report(const char* state, std::size_t done, std::size_t of, std::size_t made, evm::U256 fees) const;

  const FleetRequest request_;
  const ActivationContext context_;
  std::deque<Entry> entries_;  // in the order of the machines
  std::unique_ptr<ActivationWork> operatorWork_;
  evm::U256 operatorBalance_, operatorId_;
  MachineAttributes operatorAttributes_;
  evm::Prices prices_;
  std::uint64_t chainId_ = 0, blockGas_ = 0, registerGas_ = 0, didGas_ = 0, transactions_ = 0;
  evm::U256 fees_;
  std::size_t steps_ = 0, made_ = 0;  // of all machines: top-ups, registrations, mints, DIDs
  std::optional<Error> stopped_;
};

}  // namespace peaqos::peaq
