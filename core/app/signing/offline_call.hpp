// The calls that can be prepared, signed and sent by three runs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/settings/configuration.hpp"
#include "app/signing/transaction_file.hpp"
#include "base/json.hpp"
#include "evm/intent.hpp"
#include "evm/revert.hpp"
#include "peaq/networks.hpp"

namespace peaqos::app {

// What a prepared transaction is to the ledger and the policy, judged by its bytes and by the contract that it calls.
struct OfflineCall {
  const char* step;
  peaq::Generation generation;  // of the contract
  std::string action;           // as errors name it: "the event", "suspend_machine"
  Json facts;                   // of its row
};

// Throws Error: Input "BAD_TRANSACTION_FILE" for a call that is neither an event nor a change of a machine;
// Configuration "CHAIN_ID_MISMATCH" and "OTHER_CONTRACT" for one of another network or deployment.
OfflineCall offlineCallOf(const TransactionFile& file, const Configuration& configuration);

evm::Intent intentOf(const TransactionFile& file, const OfflineCall& call);

// What the contract's refusal of it means.
Error errorOf(const OfflineCall& call, const evm::RevertError& reverted);

}  // namespace peaqos::app
