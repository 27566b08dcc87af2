// What the parts of a fleet's activation in the second generation share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "peaq/v2/activation_state.hpp"
#include "peaq/v2/fleet_activation.hpp"

namespace peaqos::peaq::v2 {

inline constexpr char kTopUpRow[] = "fleet_gas";  // of ledger rows
inline constexpr Rail kRails[] = {Rail::Peaq, Rail::Usdt};

// A machine with all that is known of it.
struct FleetActivation::Entry {
  evm::Signer* owner;
  ActivationRequest request;
  evm::U256 id;
  ActivationState state = {};  // its machine and its quote
  bool complete = false;
  bool earlier = false;  // it was complete when it was first read
  std::optional<Error> problem = {};
  bool pending = false;
  std::optional<Hash256> hash = {};               // of its activation
  std::optional<std::uint64_t> periodStart = {};  // as the receipt says it, Unix seconds

  bool isDue() const { return !complete && !problem; }
  // As if nothing were known of it.
  void reset() {
    state = {};
    complete = earlier = pending = false;
    problem.reset();
  }
  void refuse(Error why, bool mayYetBe = false) {
    problem = std::move(why);
    pending = mayYetBe;
  }
};

// An account that pays for machines.
struct FleetActivation::Payer {
  evm::Signer* signer;
  Entries machines = {};
  Purse purse = {};
  evm::U256 usdtBalance = {}, usdtAllowance = {};  // to the pool
  evm::U256 topUp = {};                            // wei
  bool byStation = false;                          // the Gas Station is to give it money

  const evm::U256& allowance(Rail rail) const { return rail == Rail::Usdt ? usdtAllowance : purse.allowance; }
};

// What concerns an activation of a machine's state.
inline ActivationState activationState(const MachineState& machine) {
  ActivationState state;
  state.owner = machine.owner;
  state.controller = machine.controller();
  state.subscription = machine.subscription;
  state.homedLocally = machine.homedLocally;
  return state;
}

}  // namespace peaqos::peaq::v2
