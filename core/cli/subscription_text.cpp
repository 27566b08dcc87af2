// SPDX-License-Identifier: Apache-2.0
#include "cli/subscription_text.hpp"

#include <utility>

#include "app/machine/subscription.hpp"
#include "cli/machine_text.hpp"

namespace peaqos::cli {

Task<void> runSubscription(bool renewal, Arguments arguments, app::Caller caller, Output& output) {
  app::SubscriptionRequest request{.machine = arguments.positional(0),
                                   .renewal = renewal,
                                   .tier = arguments.find("tier"),
                                   .payment = arguments.find("payment").value_or("peaq"),
                                   .slippageBps = arguments.find("slippage-bps"),
                                   .consent = consentOf(arguments)};
  if (arguments.has("plan")) {
    showPlan(co_await app::planSubscription(std::move(request), std::move(caller)), arguments, output);
    co_return;
  }
  const Json result = co_await app::subscribeMachine(std::move(request), std::move(caller));
  if (const std::string hash = textOrEmpty(result, "transaction_hash"); !hash.empty()) {
    output.done("the bond is paid, transaction " + hash);
  }
  arguments.has("json") ? output.json(result) : output.result(changeText(result));
}

Json subscriptionSchema() {
  Json schema = changeSchema();
  for (const char* member : {"owner", "payer", "controller", "tier", "bond_amount", "credit", "net_peaq_amount",
                             "previous_period_end", "period_end", "bonded_amount"}) {
    schema["properties"][member] = {{"type", "string"}};
    schema["required"].push_back(member);
  }
  schema["properties"]["usdt_amount"] = {{"type", "string"}};
  return schema;
}

}  // namespace peaqos::cli
