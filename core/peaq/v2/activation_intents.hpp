// The transactions of an activation in the second generation, and what a machine that exists already lacks of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "evm/intent.hpp"
#include "peaq/v2/activation_state.hpp"

namespace peaqos::peaq::v2 {

// Steps of ledger rows.
inline constexpr char kApproveRow[] = "approve_token", kActivateRow[] = "activate";

// Gas that an approval, and an activation that cannot be estimated before it, take at most.
inline constexpr std::uint64_t kApproveGas = 80'000, kActivateGas = 1'500'000;

// approve() of exactly what will be taken, so that nothing more ever can be. `facts` of its row beside the spender and
// the amount; the coming transactions' gas and reserve are the caller's.
evm::Intent approvalIntent(const evm::Address& token, const evm::Address& spender, const evm::U256& amount, Json facts);

// The activation at a quote, by its owner.
evm::Intent activationIntent(const ActivationRequest& request, const Quote& quote, const ActivationContext& context,
                             const evm::Address& owner);

// The error for a machine that exists, but not as asked for; nothing where it is so. Of the state only what concerns
// the machine is looked at.
std::optional<Error> conflictOf(const ActivationState& state, const ActivationCall& call, const evm::Address& owner);

// In what it differs, a clause each.
std::vector<std::string> differencesOf(const ActivationState& state, const ActivationCall& call,
                                       const evm::Address& owner);

}  // namespace peaqos::peaq::v2
