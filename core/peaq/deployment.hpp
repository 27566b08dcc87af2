// Which contracts a run works with: the record, and why it is this one (decision 27).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evm/rpc.hpp"
#include "peaq/networks.hpp"

namespace peaqos::peaq {

// A chosen record. `why` completes "..., since ".
struct Deployment {
  DeploymentRecord record;
  std::string why;
  bool byChain = false;  // the chain was asked: of the second generation, then, there is none where this is the first

  // "peaq-mainnet (generation 2, since PEAQOS_DEPLOYMENT_ID names it)".
  std::string description() const;
};

// What the settings say about it. Where they name neither a record nor contracts, the chain says it: where the second
// generation's InfoDesk has code the second is meant, else the first.
class DeploymentChoice {
 public:
  // Settled by the settings.
  DeploymentChoice(DeploymentRecord record, std::string why) : first_(record), why_(std::move(why)) {}
  // Left to the chain, between both records of one network.
  DeploymentChoice(DeploymentRecord first, DeploymentRecord second) : first_(first), second_(second) {}

  bool isOpen() const { return second_.has_value(); }

  // What to ask the chain: one call where the choice is open, else none. It goes into whatever batch is read anyway.
  std::vector<evm::RpcCall> calls() const;

  // What the replies to calls() come to. Throws Error (Network) for a code that could not be read.
  Deployment decide(std::span<const evm::RpcReply> replies) const;

  // Name, chain and currency, which both generations of a network share; its contracts only where it is settled.
  const DeploymentRecord& network() const { return first_; }

  // Whether the settings alone, or the chain's answer later, may come to this generation.
  bool admits(Generation generation) const { return isOpen() || first_.generation == generation; }

 private:
  DeploymentRecord first_;
  std::optional<DeploymentRecord> second_;
  std::string why_;
};

// The deployment of a choice; asks the node where it is open. Throws as RpcClient::read() does.
Task<Deployment> findDeployment(DeploymentChoice choice, evm::RpcClient& rpc);

// The read that tells whether a network's second generation is on this chain, and its answer.
evm::RpcCall secondGenerationCall(const DeploymentRecord& second);
bool hasSecondGeneration(const evm::RpcReply& reply, const DeploymentRecord& second);

}  // namespace peaqos::peaq
