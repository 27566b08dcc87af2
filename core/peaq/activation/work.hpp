// What the steps of an activation share: who acts, what the chain says, how steps report, send and fail.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "peaq/activation.hpp"
#include "peaq/funding.hpp"
#include "peaq/machine_attributes.hpp"
#include "peaq/operator_attributes.hpp"

namespace peaqos::peaq {

constexpr int kActivationSteps = 6;
enum ActivationStep : int { kRegisterStep = kFundStep + 1, kMintStep, kDidStep };  // after the FundingSteps

constexpr std::uint64_t kRegisterGas = 300'000;  // when the node does not estimate it
// Gas that the steps behind a registration need, so that its bond is not paid in vain.
constexpr std::uint64_t kMintGas = 250'000, kMachineDidGas = 900'000, kProxyDidGas = 500'000;

// What the chain says before anything is written.
struct ActivationState {
  evm::U256 operatorBalance, machineBalance;  // wei; the same account in self mode
  evm::U256 operatorId;                       // machine id of the operator; 0: not registered
  evm::U256 machineId;                        // 0: not registered
  evm::U256 tokenId;                          // 0: not minted
  evm::U256 gasPrice;                         // wei a gas unit, as the node suggests it
  MachineAttributes machineAttributes;
  OperatorAttributes operatorAttributes;  // proxy mode only
};

class ActivationWork {
 public:
  ActivationWork(ActivationRequest request, const ActivationContext& context);

  const ActivationRequest request;
  const ActivationContext context;
  const evm::Address operatorAddress;
  const evm::Address machine;
  std::uint64_t chainId = 0;  // known once the state was read

  bool proxy() const { return context.machineSigner != nullptr; }
  const char* mode() const { return proxy() ? "proxy" : "self"; }
  // Who signs for the machine's own account.
  evm::Signer& machineSigner() const { return proxy() ? *context.machineSigner : context.signer; }
  // The operator's DID as the machine's DID names it; empty for a machine that operates itself.
  std::string operatorDid() const { return proxy() ? didOf(operatorAddress) : std::string(); }

  // One read for everything but the token, and another for it when there is a machine.
  Task<ActivationState> readState();

  evm::RpcCall machineIdCall(const evm::Address& owner) const;
  evm::U256 machineIdFrom(const evm::RpcReply& reply, const evm::Address& owner) const;
  Task<evm::U256> readToken(evm::U256 machineId) const;

  // Reads of attributes of one account by name, in this order, and what they brought.
  std::vector<evm::RpcCall> attributeCalls(const evm::Address& account, std::span<const std::string_view> names) const;
  MachineAttributes attributesFrom(std::span<const evm::RpcReply> replies, const evm::Address& account,
                                   std::span<const std::string_view> names) const;

  // Adds a row that stands for no transaction of ours.
  Task<void> record(const char* step, ledger::Status status, Json facts) const;
  // Sends a transaction of this activation.
  Task<evm::Mined> send(evm::Intent intent, evm::Signer& signer) const;
  void report(int step, const char* name, const char* state, Json facts = Json::object()) const;
  // Turns a revert into the end of a step: a ledger row, unless the mined transaction already has one, and one line.
  // Always throws.
  Task<void> fail(const char* step, const char* what, evm::RevertError error, Json facts) const;
};

// What must hold before anything is spent. Throws Error (Network).
void checkPreconditions(const ActivationWork& work, const ActivationState& state);
// Whether every step is done already, so that nothing is left to pay for.
bool isComplete(const ActivationWork& work, const ActivationState& state);
// Whether a wallet has less than an activation starts from.
bool isShortOfMoney(const ActivationWork& work, const ActivationState& state);

// The rest of each step, in files of their names. Each returns what it made or found.
Task<bool> settleEarlierWrites(const ActivationWork& work);  // true when there was anything
Task<void> fundWallets(const ActivationWork& work, ActivationState& state, bool complete);
// Money from the Gas Station for many machines, by as few codes as will do. Balances are read again at the end.
struct ShortWallet {
  evm::Address address;
  evm::U256* balance;
};
Task<void> fundMachines(const ActivationWork& work, std::vector<ShortWallet> machines);
Task<evm::U256> registerMachine(const ActivationWork& work, evm::U256 machineId);
Task<evm::U256> mintNft(const ActivationWork& work, evm::U256 machineId, evm::U256 tokenId);
Task<void> writeMachineDid(const ActivationWork& work, evm::U256 machineId, evm::U256 tokenId,
                           MachineAttributes present);
Task<void> writeProxyDid(const ActivationWork& work, evm::U256 operatorId, evm::U256 machineId,
                         OperatorAttributes present);

// What the machine's DID should hold.
WantedAttributes wantedAttributes(const ActivationWork& work, const evm::U256& machineId, const evm::U256& tokenId);

}  // namespace peaqos::peaq
