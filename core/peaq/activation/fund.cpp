// Steps 1 to 3 for the operator, and for the machine of a proxy.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "peaq/activation/work.hpp"
#include "peaq/funding.hpp"

namespace peaqos::peaq {

namespace {

FundingContext fundingContext(const ActivationWork& work) {
  const ActivationContext& context = work.context;
  return {.rpc = context.rpc,
          .ledger = context.ledger,
          .http = context.http,
          .clock = context.clock,
          .random = context.random,
          .conversation = context.conversation,
          .network = context.network,
          .gasStationUrl = context.gasStationUrl,
          .owner = work.operatorAddress,
          .steps = kActivationSteps};
}

}  // namespace

bool isShortOfMoney(const ActivationWork& work, const ActivationState& state) {
  return isShortOfMoney(state.operatorBalance) || (work.proxy() && isShortOfMoney(state.machineBalance));
}

Task<void> fundWallets(const ActivationWork& work, ActivationState& state, bool complete) {
  std::vector<FundedWallet> wallets{{"Operator", work.operatorAddress, &state.operatorBalance}};
  if (work.proxy()) wallets.push_back({"Machine", work.machine, &state.machineBalance});
  co_await fundWallets(fundingContext(work), std::move(wallets), work.request.skipFunding, complete);
}

Task<void> fundMachines(const ActivationWork& work, std::vector<ShortWallet> machines) {
  std::vector<FundedWallet> wallets;
  for (const ShortWallet& machine : machines) wallets.push_back({"Machine", machine.address, machine.balance});
  co_await fundAll(fundingContext(work), std::move(wallets));
}

}  // namespace peaqos::peaq
