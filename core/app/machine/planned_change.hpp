// Changes of machines as transactions of a plan.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "app/signing/plan.hpp"
#include "ledger/ledger.hpp"
#include "peaq/v2/change.hpp"

namespace peaqos::app {

using Rehearsed = std::variant<evm::RehearsedTransaction, evm::RevertError, Error>;

// The plan's transaction of a change that was rehearsed; its chain and signer are the plan's. Throws Error (Network)
// for one that the contract refuses or that cannot be paid. `what` names it in that error.
PlannedTransaction plannedChange(const Rehearsed& rehearsed, const peaq::v2::Change& change, const char* step,
                                 const Plan& plan, const std::string& what);

// What earlier runs left under way in these steps of the account, as reads of the plan: its command settles it first.
void readOpenRows(const ledger::Ledger::View& view, const evm::Address& account, std::string_view step, Plan& plan);

}  // namespace peaqos::app
