// SPDX-License-Identifier: Apache-2.0
#include "app/machine/generation.hpp"

#include <utility>

#include "base/error.hpp"
#include "evm/rpc.hpp"
#include "host/http.hpp"

namespace peaqos::app {

Task<peaq::Deployment> chooseDeployment(const Configuration& configuration, Caller caller) {
  const peaq::DeploymentChoice choice = configuration.deployment();
  if (choice.isOpen() && !configuration.look("PEAQOS_RPC_URL")) {
    co_return peaq::Deployment{.record = choice.network(), .why = "nothing else is set"};
  }
  host::HttpClient http(caller.host, configuration.requestTimeout());
  evm::RpcClient rpc(http, choice.isOpen() ? configuration.rpcUrl() : std::string());
  co_return co_await peaq::findDeployment(choice, rpc);
}

// A bond that goes to contracts which nothing rates any more is paid knowingly or not at all.
Task<void> warnOfFirstGeneration(bool agreed, peaq::Deployment deployment, const Configuration& configuration,
                                 Caller caller) {
  if (deployment.record.isDevelopment() || deployment.byChain) co_return;
  const auto second = *peaq::findNetwork(deployment.record.name, peaq::Generation::Second);
  host::HttpClient http(caller.host, configuration.requestTimeout());
  evm::RpcClient rpc(http, configuration.rpcUrl());
  const auto replies = co_await rpc.read({peaq::secondGenerationCall(second)});
  if (!peaq::hasSecondGeneration(replies[0], second)) co_return;
  caller.conversation.progress(
      {.name = "configuration",
       .state = "warning",
       .facts = {{"text", "this pays the bond of a machine of generation 1, since " + deployment.why + ". Since " +
                              std::string(second.date) + " this network rates machines of generation 2 (" +
                              std::string(second.id) + "): PEAQOS_DEPLOYMENT_ID=" + std::string(second.id) +
                              " activates there"}}});
  if (agreed) co_return;
  host::Question question{.name = "confirm_first_generation",
                          .text = "Activate a machine of generation 1 all the same?",
                          .instead = "Use " + caller.fieldName("yes")};
  if (co_await host::confirm(caller.conversation, std::move(question))) co_return;
  throw inputError("NOT_CONFIRMED", "the activation was not confirmed, and nothing was sent");
}

peaq::v2::ActivationContext secondContext(Session& session, SendingTools tools, peaq::Deployment deployment,
                                          const peaq::v2::Roles& roles, const Caller& caller) {
  return {.rpc = tools.rpc,
          .ledger = tools.ledger,
          .outbox = tools.outbox,
          .http = session.http,
          .clock = caller.host.clock,
          .random = caller.host.random,
          .conversation = caller.conversation,
          .signer = tools.signer,
          .deployment = std::move(deployment),
          .roles = roles,
          .gasStationUrl = [&session] { return session.configuration.gasStationUrl(); }};
}

}  // namespace peaqos::app
