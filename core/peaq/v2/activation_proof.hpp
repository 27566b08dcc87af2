// What a receipt proves about an activation.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "evm/receipt.hpp"
#include "peaq/v2/roles.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::peaq::v2 {

// Who must have been made what.
struct ExpectedActivation {
  evm::U256 machineId;
  evm::Address owner, controller;
  std::string machineType;
  Tier tier = Tier::Entry;
};

struct ActivationProof {
  evm::U256 bond, credit;
  std::optional<evm::U256> usdtPaid = {};
  std::uint64_t periodStart = 0, periodEnd = 0;  // Unix seconds
};

// Looks for exactly one MachineMinted, Activated and MachineOnboarded, each of its own contract and as expected, and at
// most one VoucherRedeemed and PaidWithUsdt. Nothing where they are not there; `problem` then says what is missing.
std::optional<ActivationProof> proofFrom(const evm::Receipt& receipt, const Roles& roles,
                                         const ExpectedActivation& expected, std::string& problem);

}  // namespace peaqos::peaq::v2
