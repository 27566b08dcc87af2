// The activation of many machines of the second generation: one approval of the sum for each account that pays, and a
// transaction for each machine (docs/commands.md#fleets).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "evm/fees.hpp"
#include "peaq/fleet.hpp"
#include "peaq/v2/activation.hpp"
#include "peaq/v2/bond.hpp"
#include "peaq/v2/machine_state.hpp"

namespace peaqos::peaq::v2 {

struct FleetMachine {
  evm::Signer* owner = nullptr;  // signs and pays: its own account, unlocked, or the operator; outlives the activation
  ActivationRequest request;     // its consent and funding are the fleet's
};

struct FleetRequest {
  std::vector<FleetMachine> machines;           // of different ids
  std::optional<evm::U256> gasPerMachine = {};  // wei that the operator tops each account up to that still has to pay
  bool skipFunding = false;                     // no money from the Gas Station
};

class FleetActivation : public Fleet {
 public:
  // The context's signer is the operator.
  FleetActivation(FleetRequest request, ActivationContext context);
  ~FleetActivation() override;

  Task<void> settleEarlier() override;
  // Throws also Error: Configuration and Network as activate() does for what concerns every machine.
  Task<void> survey() override;
  FleetCosts costs() const override;
  std::vector<FleetTransaction> planned() const override;
  std::vector<FleetPayment> payments() const override;
  Task<std::optional<Error>> run() override;

  std::vector<FleetOutcome> outcomes() const override;
  std::uint64_t chainId() const override { return chainId_; }
  std::uint64_t transactions() const override { return transactions_; }
  evm::U256 fees() const override { return fees_; }
  evm::U256 operatorBalance() const override;

 private:
  struct Entry;
  struct Payer;
  using Entries = std::vector<Entry*>;

  // fleet_survey.cpp: what the chain says, and what follows from it.
  Task<void> readChain();
  Task<void> readCredits();
  Task<void> readUsdt();
  Task<void> readObjections();
  void judge(Entry& entry) const;
  void checkPayers();
  std::optional<Error> shortageOf(const Payer& payer, const evm::U256& besides) const;
  Entries dueOf(const Payer& payer) const;
  evm::U256 sumOf(const Payer& payer, Rail rail) const;
  bool isApprovalDue(const Payer& payer, Rail rail) const;
  std::uint64_t gasOf(const Payer& payer) const;

  // fleet_activation.cpp: doing it.
  evm::Intent approvalOf(const Payer& payer, Rail rail) const;
  evm::Intent topUpOf(const Payer& payer) const;
  Task<void> fundFromStation();
  Task<void> topUp();
  Task<void> payAlone(std::vector<Payer*> payers);
  Task<void> payMany(Payer& payer);
  Task<bool> approve(Payer& payer, Rail rail);
  std::optional<Error> endOfApproval(const evm::Outcome& outcome) const;
  evm::Preflight pricesAgain() const;
  Task<std::optional<Error>> take(std::vector<std::pair<Entry*, evm::Outcome>> sent);
  Task<void> prove(Entry& entry, evm::Mined mined);
  Task<void> lookAfter(Entries entries);
  void note(const evm::Mined& mined);
  void stop(const Error& why);
  void report(const char* state, std::size_t done, std::size_t of) const;

  const FleetRequest request_;
  const ActivationContext context_;
  std::deque<Entry> entries_;  // in the order of the machines
  std::deque<Payer> payers_;   // the operator first
  evm::Prices prices_;
  std::uint64_t chainId_ = 0, transactions_ = 0;
  std::size_t done_ = 0;
  evm::U256 fees_;
  std::optional<Error> stopped_;
};

}  // namespace peaqos::peaq::v2
