// SPDX-License-Identifier: Apache-2.0
#include "app/settings/whoami.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "app/signing/session.hpp"
#include "host/redact_url.hpp"
#include "peaq/preflight.hpp"

namespace peaqos::app {

Task<WhoAmI> whoami(Caller caller) {
  const auto session = co_await Session::open(caller);
  const Configuration& configuration = session->configuration;
  const auto signer = co_await session->signer();
  evm::RpcClient rpc = session->rpc();
  const peaq::DeploymentChoice choice = configuration.deployment();
  const peaq::DeploymentRecord& network = choice.network();
  WhoAmI result{.address = evm::toChecksum(signer->address()),
                .wallet = signer->name(),
                .network = std::string(network.name),
                .rpcUrl = rpc.endpoint(),
                .mcrUrl = host::redactUrl(configuration.mcrUrl()),
                .deployment = {},
                .contracts = {}};
  // What is wrong with the settings is said before the node is asked.
  if (!choice.isOpen()) result.contracts = configuration.contractsOf(network);
  std::vector<evm::RpcCall> calls{evm::chainIdCall()};
  std::ranges::move(choice.calls(), std::back_inserter(calls));
  const auto replies = co_await rpc.read(std::move(calls));
  result.chainId = evm::uint64Of(replies[0], "the chain id");
  result.deployment = choice.decide(std::span(replies).subspan(1));
  if (choice.isOpen()) result.contracts = configuration.contractsOf(result.deployment.record);
  // No error: the question is what is set, and this is it.
  if (const auto mismatch = peaq::otherChain(result.chainId, network)) {
    caller.conversation.progress(
        {.name = "configuration", .state = "warning", .facts = {{"text", mismatch->message + ". " + mismatch->hint}}});
  }
  co_return result;
}

Json toJson(const peaq::Deployment& deployment) {
  const peaq::DeploymentRecord& record = deployment.record;
  return {{"id", record.id},
          {"generation", static_cast<int>(record.generation)},
          {"date", record.date.empty() ? Json() : Json(record.date)},
          {"since", deployment.why}};
}

Json toJson(const WhoAmI& result) {
  Json contracts = Json::object();
  for (const peaq::ListedContract& contract : result.contracts) {
    contracts[contract.member] = evm::toChecksum(contract.address);
  }
  return {{"address", result.address},         {"wallet", result.wallet.empty() ? Json() : Json(result.wallet)},
          {"network", result.network},         {"rpcUrl", result.rpcUrl},
          {"chainId", result.chainId},         {"mcrUrl", result.mcrUrl},
          {"contracts", std::move(contracts)}, {"deployment", toJson(result.deployment)}};
}

}  // namespace peaqos::app
