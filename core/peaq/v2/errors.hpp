// The custom errors of the second generation's contracts, and what they mean to a user.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evm/intent.hpp"

namespace peaqos::peaq::v2 {

// Signatures of all 155 errors of all contracts, for evm::revertFrom(). A revert of a contract behind the one that is
// called comes up unchanged, so that one table serves every call.
std::span<const std::string_view> contractErrors();

// The signature of the error whose selector begins these revert data.
std::optional<std::string_view> errorOf(BytesView revertData);

// What a revert means, in one clause without a full stop.
std::string meaningOf(const evm::Revert& revert);

// The error of a command whose call or transaction reverted. `what` names it: "activation". Its code is the protocol's
// (ORACLE_UNPRICED, MACHINE_NOT_FOUND, ...), or TX_REVERTED.
Error errorFrom(const evm::RevertError& error, const std::string& what);

}  // namespace peaqos::peaq::v2
