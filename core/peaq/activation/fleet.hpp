// What the parts of a fleet's activation share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "peaq/activation/work.hpp"
#include "peaq/fleet_activation.hpp"

namespace peaqos::peaq {

// Steps of ledger rows that stand for several calls of the operator.
constexpr char kTopUpStep[] = "fleet_gas", kRegisterManyStep[] = "fleet_register", kMintManyStep[] = "fleet_mint";

// A machine with all that is known of it.
struct FleetActivation::Entry {
  Entry(const FleetMachine& machine, const ActivationContext& context) : work(machine.request, context) {}

  ActivationWork work;
  ActivationState state = {};
  std::optional<evm::Address> holder = {};  // of its NFT
  evm::U256 topUp = {};                     // wei
  bool byStation = false;                   // the Gas Station is to give it money
  std::string hash = {}, problem = {};
  bool pending = false;
  bool earlier = false;  // nothing was left to be done when it was first read

  bool isRegistered() const { return state.machineId != evm::U256(); }
  bool isMinted() const { return state.tokenId != evm::U256(); }
  std::vector<AttributeWrite> writes() const {
    return missingWrites(state.machineAttributes, wantedAttributes(work, state.machineId, state.tokenId));
  }
  bool isListed(const MachineAttributes& ofOperator, const evm::U256& operatorId) const {
    return missingWrites(ofOperator, operatorId, state.machineId).empty();
  }
  void refuse(std::string why, bool mayYetBe = false) {
    problem = std::move(why);
    pending = mayYetBe;
  }
};

}  // namespace peaqos::peaq
