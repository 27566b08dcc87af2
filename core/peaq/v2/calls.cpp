// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/calls.hpp"

#include "base/error.hpp"
#include "evm/revert.hpp"
#include "peaq/contracts.hpp"
#include "peaq/v2/errors.hpp"

namespace peaqos::peaq::v2 {
namespace {

std::vector<evm::AbiValue> argumentsOf(const ActivationCall& call) {
  return {toAbi(call.document), std::string_view(call.machineType), call.credentialSubject, call.manufacturer,
          static_cast<std::uint64_t>(call.tier)};
}

}  // namespace

Bytes activateMachineCalldata(const ActivationCall& call) {
  return evm::encodeCall(state::kActivateMachine, argumentsOf(call));
}

Bytes activateMachineWithUsdtCalldata(const ActivationCall& call, const evm::U256& maxUsdtAmount) {
  std::vector<evm::AbiValue> arguments = argumentsOf(call);
  arguments.emplace_back(maxUsdtAmount);
  return evm::encodeCall(state::kActivateMachineWithUsdt, arguments);
}

Bytes approveCalldata(const evm::Address& spender, const evm::U256& amount) {
  return evm::encodeCall(token::kApprove, {spender, amount});
}

Bytes peerCalldata(std::string_view role) {
  return evm::encodeCall(info_desk::kPeer, {evm::eventTopic(role)});  // the keccak-256 of its name
}

evm::RpcCall readCall(const evm::Address& contract, std::string_view signature,
                      const std::vector<evm::AbiValue>& arguments) {
  return evm::contractCall(contract, evm::encodeCall(signature, arguments));
}

bool flagFrom(const evm::RpcReply& reply, const std::string& what) {
  const evm::U256 number = numberFrom(reply, what);
  if (number <= evm::U256(1)) return number == evm::U256(1);
  throw networkError("BAD_RPC_ANSWER", "could not read " + what + ": the answer is neither yes nor no",
                     "Check PEAQOS_RPC_URL");
}

std::optional<evm::Revert> revertOf(const evm::RpcReply& reply) {
  const auto* error = std::get_if<evm::RpcError>(&reply);
  return error ? evm::revertFrom(*error, contractErrors()) : std::nullopt;
}

}  // namespace peaqos::peaq::v2
