// Activation: from a key to a registered machine with its NFT and DID (docs/protocol.md#activation).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/task_function.hpp"
#include "evm/outbox.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "host/http.hpp"
#include "peaq/contracts.hpp"
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
  evm::Address machine;
  std::optional<evm::Address> proxyOperator;  // who manages the machine; none: the machine itself
};

// Everything that activation needs of its surroundings.
struct ActivationContext {
  evm::RpcClient& rpc;
  ledger::Ledger& ledger;
  evm::Outbox& outbox;
  host::HttpClient& http;
  host::Clock& clock;
  host::Random& random;
  host::Conversation& conversation;
  evm::Signer& signer;         // the operator's key: pays, registers and mints
  evm::Signer* machineSigner;  // the machine's own key, which writes its DID; null: the machine is the operator itself
  Contracts contracts;
  DeploymentRecord network;
  std::function<std::string()> gasStationUrl;  // asked only when money is needed; throws Error (Configuration)
  TaskFunction<Task<void>()> beforeBond = {};  // called before a machine is registered; what it throws ends it
};

// Runs the six steps, in proxy mode when there is a machine's key. Each step reads before it writes, so that a rerun
// sends nothing twice; every write is in the ledger before it is broadcast, and what an earlier run left under way is
// settled first. Reports a Progress for each step: states "started", "omitted" (with a reason), "skipped" (already
// done), "recovered" (somebody else did it meanwhile), "confirmed", "note". Throws Error: Configuration and Input
// before anything is spent, Network for reads, reverts, the Gas Station, missing funds and late receipts.
Task<ActivationResult> activate(ActivationRequest request, ActivationContext context);

}  // namespace peaqos::peaq
