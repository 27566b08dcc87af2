// Signing without a network, of a transaction that was prepared before.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evm/guard.hpp"
#include "evm/signer.hpp"
#include "ledger/ledger.hpp"

namespace peaqos::evm {

// Signs what the guard allows, after it has asked whom it must. The bytes are in the ledger before they are given away,
// as a row that stands for no transaction under way: it may be sent from elsewhere, or never. Throws Error: the
// guard's, what the signer throws.
Task<SignedTransaction> signOffline(ledger::Ledger& ledger, Guard& guard, Proposal proposal, Signer& signer);

// The step of such rows.
constexpr char kSignedStep[] = "sign_offline";

}  // namespace peaqos::evm
