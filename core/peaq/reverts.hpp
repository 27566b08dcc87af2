// The custom errors of the peaqOS contracts, and what they mean to a user.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "evm/intent.hpp"

namespace peaqos::peaq {

// Signatures of every custom error of the contracts and precompiles (docs/protocol.md#reverts), for evm::revertFrom().
std::span<const std::string_view> contractErrors();

// What a revert means, in one clause without a full stop: our words for a known name, "the contract refused: <reason>"
// otherwise.
std::string meaningOf(const evm::Revert& revert);

// As above, and with its hash that the transaction was mined, if it was.
std::string meaningOf(const evm::RevertError& error);

// What a user can do about a revert: one sentence without a full stop.
std::string hintFor(const evm::Revert& revert);

// Whether a read of a DID attribute failed because the attribute is not there: `EntryNotFound`, or the runtime's words.
bool meansAbsent(const evm::Revert& revert);

}  // namespace peaqos::peaq
