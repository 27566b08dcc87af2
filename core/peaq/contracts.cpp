// SPDX-License-Identifier: Apache-2.0
#include "peaq/contracts.hpp"

#include <utility>

#include "base/error.hpp"
#include "evm/abi.hpp"
#include "evm/rpc.hpp"

namespace peaqos::peaq {
namespace {

Error badWord(const std::string& what) {
  return networkError("BAD_RPC_ANSWER", "the contract's answer for " + what + " has an unexpected form",
                      "Check that the contract addresses are those of PEAQOS_NETWORK");
}

}  // namespace

std::string_view contractName(const Contracts& contracts, const evm::Address& address) {
  const std::pair<const evm::Address&, std::string_view> names[] = {
      {contracts.identityRegistry, "IdentityRegistry"}, {contracts.identityStaking, "IdentityStaking"},
      {contracts.eventRegistry, "EventRegistry"},       {contracts.machineNft, "MachineNFT"},
      {contracts.didRegistry, "DID precompile"},        {contracts.batchPrecompile, "Batch precompile"}};
  for (const auto& [there, name] : names) {
    if (there == address) return name;
  }
  return {};
}

Bytes registerCalldata() { return evm::encodeCall("register()", {}); }

Bytes registerForCalldata(const evm::Address& machine) { return evm::encodeCall("registerFor(address)", {machine}); }

Bytes machineIdOfOwnerCalldata(const evm::Address& owner) {
  return evm::encodeCall("machineIdOfOwner(address)", {owner});
}

Bytes mintCalldata(const evm::U256& machineId, const evm::Address& recipient) {
  return evm::encodeCall("mint(uint256,address)", {machineId, recipient});
}

Bytes tokenIdOfCalldata(const evm::U256& machineId) { return evm::encodeCall("tokenIdOf(uint256)", {machineId}); }

Bytes ownerOfCalldata(const evm::U256& tokenId) { return evm::encodeCall("ownerOf(uint256)", {tokenId}); }

std::optional<evm::U256> registeredMachineId(const evm::Receipt& receipt, const evm::Address& registry) {
  const Hash256 topic = evm::eventTopic("Registered(uint256,string,address)");
  for (const evm::Log& log : receipt.logs) {
    // topics: the event, machineId, owner
    if (log.emitter == registry && log.topics.size() == 3 && log.topics[0] == topic) {
      return evm::U256::fromBigEndian(log.topics[1]);
    }
  }
  return std::nullopt;
}

evm::U256 numberFrom(const evm::RpcReply& reply, const std::string& what) {
  const Bytes data = evm::dataOf(reply, what);
  if (const auto number = evm::AbiReader(data).uint256(0)) return *number;
  throw badWord(what);
}

evm::Address addressFrom(const evm::RpcReply& reply, const std::string& what) {
  const Bytes data = evm::dataOf(reply, what);
  if (const auto address = evm::AbiReader(data).address(0)) return *address;
  throw badWord(what);
}

}  // namespace peaqos::peaq
