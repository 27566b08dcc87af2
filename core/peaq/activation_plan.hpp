// What an activation would still do and cost, from reads alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "peaq/activation.hpp"

namespace peaqos::peaq {

// A step by the name of its Progress: balance, two_factor, fund, register, mint, machine_did, and proxy_did in proxy
// mode.
struct PlannedStep {
  std::string_view name;
  bool due = false;        // else it is done already, or not needed
  bool byMachine = false;  // who pays: the machine, else the operator
  evm::U256 value = {};    // wei that the transaction carries
  std::uint64_t gas = 0;   // units; 0 for a step without a transaction
  bool estimated = false;  // by the node; else what such a transaction takes at most
  // What the transaction calls: its contract, the function, and [name, value] pairs; null for what is not known yet.
  evm::Address to = {};
  std::string function = {};
  Json arguments = Json::array();
};

struct ActivationPlan {
  evm::Address operatorAddress, machine;  // the same in self mode
  bool proxy = false;
  std::uint64_t chainId = 0;                  // EIP-155
  evm::U256 machineId, tokenId;               // 0: there is none yet
  evm::U256 operatorBalance, machineBalance;  // wei
  evm::U256 gasPrice;                         // wei a gas unit, as the node suggests it
  std::vector<PlannedStep> steps;

  evm::U256 feeOf(const PlannedStep& step) const { return gasPrice * evm::U256(step.gas); }
  // Bonds and fees that one account has still to pay.
  evm::U256 needs(bool byMachine) const;
};

// Reads what activate() reads and has the node estimate the transactions that are due. URLs that are not known yet are
// taken for those of the DID, or for some of usual length. No signer is unlocked. Throws Error as activate() does
// before it spends anything.
Task<ActivationPlan> planActivation(ActivationRequest request, ActivationContext context);

}  // namespace peaqos::peaq
