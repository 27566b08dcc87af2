// Steps 1 to 3 for the operator, and for the machine of a proxy.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "peaq/activation/work.hpp"
#include "peaq/funding.hpp"

namespace peaqos::peaq {

bool isShortOfMoney(const ActivationWork& work, const ActivationState& state) {
  return isShortOfMoney(state.operatorBalance) || (work.proxy() && isShortOfMoney(state.machineBalance));
}

Task<void> fundWallets(const ActivationWork& work, ActivationState& state, bool complete) {
  std::vector<FundedWallet> wallets{{"Operator", work.operatorAddress, &state.operatorBalance}};
  if (work.proxy()) wallets.push_back({"Machine", work.machine, &state.machineBalance});
  const ActivationContext& context = work.context;
  co_await fundWallets({.rpc = context.rpc,
                        .ledger = context.ledger,
                        .http = context.http,
                        .clock = context.clock,
                        .random = context.random,
                        .conversation = context.conversation,
                        .network = context.network,
                        .gasStationUrl = context.gasStationUrl,
                        .owner = work.operatorAddress,
                        .steps = kActivationSteps},
                       std::move(wallets), work.request.skipFunding, complete);
}

}  // namespace peaqos::peaq
