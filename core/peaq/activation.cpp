// SPDX-License-Identifier: Apache-2.0
#include "peaq/activation.hpp"

#include <utility>

#include "base/error.hpp"
#include "evm/units.hpp"
#include "peaq/activation/work.hpp"

namespace peaqos::peaq {
namespace {

using evm::U256;

// The machine pays for its own DID: without gas there, the bond would be paid and the DID not written.
void checkMachineGas(const ActivationWork& work, const ActivationState& state, bool complete) {
  if (!work.proxy() || complete) return;
  const U256 needed = state.gasPrice * U256(kMachineDidGas);
  if (state.machineBalance >= needed) return;
  const std::string currency(work.context.network.currency);
  throw networkError("INSUFFICIENT_FUNDS",
                     "the machine " + evm::toChecksum(work.machine) + " holds " +
                         evm::formatUnits(state.machineBalance, 18, 4) + " " + currency + " and needs " +
                         evm::formatUnitsUp(needed, 18, 4) + " " + currency + " for the gas of its DID",
                     "Send it some " + currency + ", or run without --skip-funding");
}

}  // namespace

void checkPreconditions(const ActivationWork& work, const ActivationState& state) {
  if (!work.proxy()) return;
  if (state.operatorId == U256()) {
    throw networkError("OPERATOR_NOT_REGISTERED",
                       "the operator " + evm::toChecksum(work.operatorAddress) + " is not a registered machine itself",
                       "Run activate with the operator's key and without --for first");
  }
  static_cast<void>(missingWrites(state.operatorAttributes, state.operatorId, state.machineId));
}

bool isComplete(const ActivationWork& work, const ActivationState& state) {
  if (state.machineId == U256() || state.tokenId == U256()) return false;
  if (!missingWrites(state.machineAttributes, wantedAttributes(work, state.machineId, state.tokenId)).empty()) {
    return false;
  }
  return !work.proxy() || missingWrites(state.operatorAttributes, state.operatorId, state.machineId).empty();
}

Task<ActivationResult> activate(ActivationRequest request, ActivationContext context) {
  ActivationWork work(std::move(request), context);
  ActivationState state = co_await work.readState();
  checkPreconditions(work, state);
  co_await work.context.ledger.open();
  if (co_await settleEarlierWrites(work)) state = co_await work.readState();

  const bool complete = isComplete(work, state);
  if (state.machineId == U256() && work.context.beforeBond) co_await work.context.beforeBond();
  if (!complete) co_await work.context.signer.unlock();
  co_await fundWallets(work, state, complete);
  checkMachineGas(work, state, complete);
  const U256 machineId = co_await registerMachine(work, state.machineId);
  const U256 tokenId = co_await mintNft(work, machineId, state.tokenId);
  work.report(kDidStep, "machine_did", "started");
  co_await writeMachineDid(work, machineId, tokenId, std::move(state.machineAttributes));
  ActivationResult result{.machineId = machineId, .tokenId = tokenId, .machine = work.machine, .proxyOperator = {}};
  if (work.proxy()) {
    co_await writeProxyDid(work, state.operatorId, machineId, std::move(state.operatorAttributes));
    result.proxyOperator = work.operatorAddress;
  }
  co_return result;
}

}  // namespace peaqos::peaq
