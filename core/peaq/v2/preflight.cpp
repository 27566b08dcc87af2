// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/preflight.hpp"

#include <iterator>
#include <string>

#include "base/error.hpp"
#include "peaq/contracts.hpp"
#include "peaq/v2/calls.hpp"

namespace peaqos::peaq::v2 {
namespace {

constexpr std::span kPeers = std::span(kRoles).subspan(1);

std::string where(const Role& role, const Roles& roles) {
  return std::string(role.name) + " " + evm::toChecksum(roles.*role.address);
}

// A record that no longer fits the chain is the likeliest cause, and a newer release the likeliest cure.
std::string renewHint(const DeploymentRecord& record) {
  const std::string listed = record.date.empty() ? "" : " (as listed on " + std::string(record.date) + ")";
  return "The record " + std::string(record.id) + listed + " may be out of date: look for a newer release of peaqos";
}

void checkPeer(const evm::RpcReply& reply, const Role& role, const Roles& roles, const DeploymentRecord& record) {
  const evm::Address named = addressFrom(reply, "the peer " + std::string(role.peer));
  if (named == evm::Address{}) {
    throw configurationError("PEER_UNSET",
                             "the InfoDesk names no " + std::string(role.peer) + ", and " + std::string(record.id) +
                                 " has " + where(role, roles) + "; nothing was sent",
                             renewHint(record));
  }
  if (named == roles.*role.address) return;
  throw configurationError("PEER_MISMATCH",
                           "the InfoDesk names " + evm::toChecksum(named) + " as " + std::string(role.peer) + ", but " +
                               std::string(record.id) + " has " + where(role, roles) + "; nothing was sent",
                           renewHint(record));
}

}  // namespace

std::vector<evm::RpcCall> preflightCalls(const Roles& roles, const PreflightScope& scope) {
  std::vector<evm::RpcCall> calls{evm::chainIdCall()};
  for (const Role& role : kRoles) calls.push_back(evm::codeCall(roles.*role.address));
  for (const Role& role : kPeers) calls.push_back(evm::contractCall(roles.infoDesk, peerCalldata(role.peer)));
  if (scope.economic) calls.push_back(readCall(roles.machineSubscription, subscription::kIsEconomicAuthority));
  if (scope.machineId) {
    calls.push_back(readCall(roles.machineStateAndSync, state::kIsTechnicalPausedGlobal));
    calls.push_back(readCall(roles.machineStateAndSync, state::kIsTechnicalPaused, {*scope.machineId}));
  }
  return calls;
}

std::uint64_t checkPreflight(std::span<const evm::RpcReply> replies, const Roles& roles, const DeploymentRecord& record,
                             const PreflightScope& scope) {
  auto reply = replies.begin();
  const std::uint64_t chainId = evm::uint64Of(*reply++, "the chain id");
  if (!record.isDevelopment() && chainId != record.chainId) {
    throw configurationError("CHAIN_MISMATCH",
                             "PEAQOS_RPC_URL is a node of chain " + std::to_string(chainId) + ", but the deployment " +
                                 std::string(record.id) + " is on chain " + std::to_string(record.chainId) +
                                 "; nothing was sent",
                             "Set PEAQOS_RPC_URL and PEAQOS_DEPLOYMENT_ID to the same network");
  }
  for (const Role& role : kRoles) {
    if (!evm::dataOf(*reply++, "the code of " + std::string(role.name)).empty()) continue;
    throw configurationError("CONTRACT_NOT_DEPLOYED",
                             where(role, roles) + " of " + std::string(record.id) + " has no code on chain " +
                                 std::to_string(chainId) + "; nothing was sent",
                             "Check PEAQOS_RPC_URL and PEAQOS_DEPLOYMENT_ID");
  }
  for (const Role& role : kPeers) checkPeer(*reply++, role, roles, record);
  if (scope.economic && !flagFrom(*reply++, "isEconomicAuthority()")) {
    throw configurationError("NOT_ECONOMIC_AUTHORITY",
                             "subscriptions are not kept on chain " + std::to_string(chainId) + "; nothing was sent",
                             "Bonds are paid on the protocol's subscription chain: check PEAQOS_DEPLOYMENT_ID");
  }
  if (scope.machineId) {
    const bool all = flagFrom(*reply++, "isTechnicalPausedGlobal()");
    const bool one = flagFrom(*reply++, "isTechnicalPaused(" + scope.machineId->toDecimal() + ")");
    if (all || one) {
      throw networkError(
          "TECHNICALLY_PAUSED",
          std::string(all ? "the protocol" : "the machine") + " is paused for technical reasons; nothing was sent",
          "Wait until the pause has ended, then run the command again");
    }
  }
  return chainId;
}

}  // namespace peaqos::peaq::v2
