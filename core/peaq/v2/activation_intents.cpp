// SPDX-License-Identifier: Apache-2.0
#include "peaq/v2/activation_intents.hpp"

#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "peaq/v2/machine_id.hpp"
#include "peaq/v2/machine_state.hpp"

namespace peaqos::peaq::v2 {

evm::Intent approvalIntent(const evm::Address& token, const evm::Address& spender, const evm::U256& amount,
                           Json facts) {
  facts["spender"] = evm::toChecksum(spender);
  facts["amount"] = amount.toDecimal();
  return {.step = kApproveRow,
          .to = token,
          .value = {},
          .data = approveCalldata(spender, amount),
          .facts = std::move(facts),
          .function = std::string(token::kApprove),
          .arguments = Json::array({{"spender", evm::toChecksum(spender)}, {"amount", amount.toDecimal()}})};
}

evm::Intent activationIntent(const ActivationRequest& request, const Quote& quote, const ActivationContext& context,
                             const evm::Address& owner) {
  const ActivationCall& call = request.call;
  const std::string controller = evm::toChecksum(call.document.controller);
  const bool usdt = quote.usdt.has_value();
  Json arguments = Json::array({{"machineType", call.machineType},
                                {"credentialSubject", toHex0x(call.credentialSubject)},
                                {"manufacturer", evm::toChecksum(call.manufacturer)},
                                {"tier", name(call.tier)},
                                {"controller", controller}});
  if (usdt) arguments.push_back({"maxUsdtAmount", quote.usdt->maximum.toDecimal()});
  return {.step = kActivateRow,
          .to = context.roles.machineStateAndSync,
          .value = {},
          .data = calldataOf(request, quote),
          .facts = {{"machine_id", machineIdOf(call.machineType, call.credentialSubject).toDecimal()},
                    {"deployment", context.deployment.record.id},
                    {"owner", evm::toChecksum(owner)},
                    {"controller", controller},
                    {"tier", name(call.tier)},
                    {"rail", usdt ? "usdt" : "peaq"}},
          .reserve = isOnePurse(quote) ? quote.net : evm::U256(),
          .function = std::string(usdt ? state::kActivateMachineWithUsdt : state::kActivateMachine),
          .arguments = std::move(arguments)};
}

std::vector<std::string> differencesOf(const ActivationState& state, const ActivationCall& call,
                                       const evm::Address& owner) {
  std::vector<std::string> differences;
  const auto differs = [&](const std::string& what, const std::string& is, const std::string& asked) {
    if (is != asked) differences.push_back("its " + what + " is " + is + ", not " + asked);
  };
  differs("owner", evm::toChecksum(*state.owner), evm::toChecksum(owner));
  differs("controller", evm::toChecksum(state.controller), evm::toChecksum(call.document.controller));
  if (state.subscription.periodStart == 0) {
    differences.emplace_back("it has no subscription");
  } else {
    const bool known = state.subscription.tier < std::size(kTiers);
    differs("tier", known ? std::string(kTiers[state.subscription.tier]) : std::to_string(state.subscription.tier),
            std::string(name(call.tier)));
  }
  if (!state.homedLocally) differences.emplace_back("its home is another chain");
  return differences;
}

std::optional<Error> conflictOf(const ActivationState& state, const ActivationCall& call, const evm::Address& owner) {
  const auto differences = differencesOf(state, call, owner);
  if (differences.empty()) return std::nullopt;
  const std::string id = machineIdOf(call.machineType, call.credentialSubject).toDecimal();
  return networkError(
      "STATE_CONFLICT",
      "the machine " + id + " exists already, but not as asked for: " + join(differences, "; ") + "; nothing was sent",
      state.owner != owner ? "An ID belongs to whoever activates it first: choose another credential subject"
      : state.subscription.periodStart == 0 ? "Give it a subscription: peaqos machine subscription activate " + id
                                            : "Change it with peaqos machine, or ask for what it is");
}

}  // namespace peaqos::peaq::v2
