// SPDX-License-Identifier: Apache-2.0
#include "app/whoami.hpp"

#include "app/session.hpp"
#include "host/redact_url.hpp"
#include "peaq/preflight.hpp"

namespace peaqos::app {

Task<WhoAmI> whoami(Caller caller) {
  const auto session = co_await Session::open(caller);
  const Configuration& configuration = session->configuration;
  WhoAmI result;
  const auto signer = co_await session->signer();
  result.address = evm::toChecksum(signer->address());
  result.wallet = signer->name();
  evm::RpcClient rpc = session->rpc();
  const peaq::DeploymentRecord network = configuration.network();
  result.network = network.name;
  result.contracts = configuration.contracts();
  result.rpcUrl = rpc.endpoint();
  result.mcrUrl = host::redactUrl(configuration.mcrUrl());
  const auto replies = co_await rpc.read({evm::chainIdCall()});
  result.chainId = evm::uint64Of(replies[0], "the chain id");
  // No error: the question is what is set, and this is it.
  if (const auto mismatch = peaq::otherChain(result.chainId, network)) {
    caller.conversation.progress(
        {.name = "configuration", .state = "warning", .facts = {{"text", mismatch->message + ". " + mismatch->hint}}});
  }
  co_return result;
}

Json toJson(const WhoAmI& result) {
  const peaq::Contracts& c = result.contracts;
  return {{"address", result.address},
          {"wallet", result.wallet.empty() ? Json() : Json(result.wallet)},
          {"network", result.network},
          {"rpcUrl", result.rpcUrl},
          {"chainId", result.chainId},
          {"mcrUrl", result.mcrUrl},
          {"contracts",
           {{"identityRegistry", evm::toChecksum(c.identityRegistry)},
            {"identityStaking", evm::toChecksum(c.identityStaking)},
            {"eventRegistry", evm::toChecksum(c.eventRegistry)},
            {"machineNft", evm::toChecksum(c.machineNft)},
            {"didRegistry", evm::toChecksum(c.didRegistry)},
            {"batchPrecompile", evm::toChecksum(c.batchPrecompile)}}}};
}

}  // namespace peaqos::app
