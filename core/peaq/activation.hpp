// Activation: from a key to a registered machine with its NFT and DID (chain.md 4).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evm/sender.hpp"
#include "host/conversation.hpp"
#include "peaq/contracts.hpp"
#include "peaq/did.hpp"
#include "peaq/networks.hpp"

namespace peaqos::peaq {

struct ActivationRequest {
  std::string docUrl;
  std::string dataApi;
  std::optional<std::string> visibility;  // public, private or onchain; none: public for a new DID, unchanged otherwise
  bool skipFunding = false;
};

struct ActivationResult {
  evm::U256 machineId;
  evm::U256 tokenId;
  std::string machineDid;
};

// Everything that activation needs of its surroundings.
struct ActivationContext {
  evm::RpcClient& rpc;
  evm::Journal& journal;
  host::Clock& clock;
  host::Conversation& conversation;
  evm::Signer& signer;  // the machine's own key
  Contracts contracts;
  DeploymentRecord network;
  std::chrono::milliseconds receiptTimeout;
};

// Runs the six steps in self mode. Each step reads before it writes, so that a rerun sends nothing twice; every write
// is in the journal before it is broadcast, and what an earlier run left under way is settled first. Reports a Progress
// for each step: states "started", "omitted" (with a reason), "skipped" (already done), "recovered" (somebody else did
// it meanwhile), "confirmed", "updated", "note". Throws Error: Configuration before anything is spent, Network for
// reads, reverts, missing funds and late receipts.
Task<ActivationResult> activate(ActivationRequest request, ActivationContext context);

}  // namespace peaqos::peaq
