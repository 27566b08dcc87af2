// The activation of many machines by their operator: what each still needs, and doing it in few transactions and
// requests.
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
#include "peaq/machine_attributes.hpp"

namespace peaqos::peaq {

class ActivationWork;
struct ActivationState;

struct FleetMachine {
  evm::Signer* signer = nullptr;  // unlocked; outlives the activation
  ActivationRequest request;
};

// What has become of a machine.
struct FleetOutcome {
  bool complete = false;     // nothing is left to be done
  bool earlier = false;      // nothing was left to be done before
  evm::U256 machineId = {};  // 0: not registered
  evm::U256 tokenId = {};    // 0: not minted
  std::string hash = {};     // of the last transaction for it
  std::string problem = {};  // why it is not complete
  bool pending = false;      // it may yet become so by itself, or by another run
};

// What is left to be done, and what it comes to. Amounts in wei; fees as the next block would charge.
struct FleetCosts {
  std::size_t due = 0;            // machines that need anything
  std::size_t registrations = 0;  // each with a bond
  std::size_t mints = 0, dids = 0, topUps = 0;
  bool list = false;                    // the operator's own DID changes
  evm::U256 bonds = {}, topUpSum = {};  // of the operator
  evm::U256 operatorFees = {}, operatorMaxFees = {};
  evm::U256 machineFees = {};    // of all machines
  evm::U256 machineMaxFee = {};  // of one machine, at most
};

// One call of the operator, among several in a transaction.
struct OperatorCall {
  evm::Address to;
  evm::U256 value = {};
  Bytes data = {};
  std::string function = {};       // empty: a transfer of coins
  Json arguments = Json::array();  // [name, value] pairs
  evm::Address machine = {};       // that it is for
};

// A transaction that is still to be made. Ids that nobody knows yet are null among its arguments.
struct FleetTransaction {
  const char* step;
  evm::Address from, to;
  evm::U256 value = {};
  std::string function = {};
  Json arguments = Json::array();
  std::vector<OperatorCall> calls = {};  // of a batch
  std::uint64_t gas = 0;                 // units, roughly
  evm::U256 fee = {}, maxFee = {};       // wei
};

struct FleetRequest {
  std::vector<FleetMachine> machines;           // all different, none the operator
  std::optional<evm::U256> gasPerMachine = {};  // wei that the operator tops each machine up to that still has to pay
  bool skipFunding = false;                     // no money from the Gas Station
};

// Every step reads before it writes: a rerun does only what is missing, whenever the run before it ended.
class FleetActivation {
 public:
  FleetActivation(FleetRequest request, ActivationContext context);
  ~FleetActivation();

  // Brings to their end what earlier runs left under way, of the operator and of these machines.
  Task<void> settleEarlier();

  // Reads everything, and judges every machine and the operator before anything is spent. Throws Error (Network):
  // "OPERATOR_NOT_REGISTERED", "MACHINES_LIST_FULL", "BAD_MACHINES_LIST", "INSUFFICIENT_FUNDS" of the operator; Input
  // "BAD_FIELD" for a top-up that would not do.
  Task<void> survey();
  FleetCosts costs() const;

  // What would be sent after survey(), grouped as the network's batch precompile takes it.
  std::vector<FleetTransaction> planned() const;

  // Does what is left. What keeps one machine from completion stops no other. Returns what stopped the run, if
  // anything did; the rest is pending then.
  Task<std::optional<Error>> run();

  const std::vector<FleetOutcome>& outcomes() const { return outcomes_; }
  std::uint64_t chainId() const { return chainId_; }
  std::uint64_t transactions() const { return transactions_; }
  evm::U256 fees() const { return fees_; }
  evm::U256 operatorBalance() const { return operatorBalance_; }
  evm::Address machine(std::size_t index) const { return request_.machines[index].signer->address(); }

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
  void finish();
  void stop(const Error& why);
  void report(const char* state, std::size_t done, std::size_t of, std::size_t made, evm::U256 fees) const;

  const FleetRequest request_;
  const ActivationContext context_;
  std::deque<Entry> entries_;  // in the order of the machines
  std::unique_ptr<ActivationWork> operatorWork_;
  std::vector<FleetOutcome> outcomes_;
  evm::U256 operatorBalance_, operatorId_;
  MachineAttributes operatorAttributes_;
  evm::Prices prices_;
  std::uint64_t chainId_ = 0, blockGas_ = 0, registerGas_ = 0, didGas_ = 0, transactions_ = 0;
  evm::U256 fees_;
  std::size_t steps_ = 0, made_ = 0;  // of all machines: top-ups, registrations, mints, DIDs
  std::optional<Error> stopped_;
};

}  // namespace peaqos::peaq
