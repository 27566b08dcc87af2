// SPDX-License-Identifier: Apache-2.0
#include "peaq/deployment.hpp"

#include "evm/address.hpp"

namespace peaqos::peaq {

std::string Deployment::description() const {
  return std::string(record.id) + " (generation " + std::to_string(static_cast<int>(record.generation)) + ", since " +
         why + ")";
}

evm::RpcCall secondGenerationCall(const DeploymentRecord& second) {
  return evm::codeCall(evm::parseAddress(second.roles.infoDesk).value());
}

bool hasSecondGeneration(const evm::RpcReply& reply, const DeploymentRecord& second) {
  return !evm::dataOf(reply, "the code of the InfoDesk of " + std::string(second.id)).empty();
}

std::vector<evm::RpcCall> DeploymentChoice::calls() const {
  if (!second_) return {};
  return {secondGenerationCall(*second_)};
}

Deployment DeploymentChoice::decide(std::span<const evm::RpcReply> replies) const {
  if (!second_) return {.record = first_, .why = why_};
  const std::string desk = "the InfoDesk of " + std::string(second_->id);
  if (hasSecondGeneration(replies[0], *second_))
    return {.record = *second_, .why = desk + " has code on this chain", .byChain = true};
  return {.record = first_, .why = desk + " has no code on this chain", .byChain = true};
}

Task<Deployment> findDeployment(DeploymentChoice choice, evm::RpcClient& rpc) {
  std::vector<evm::RpcReply> replies;
  if (choice.isOpen()) replies = co_await rpc.read(choice.calls());
  co_return choice.decide(replies);
}

}  // namespace peaqos::peaq
