// SPDX-License-Identifier: Apache-2.0
#include "app/session.hpp"

#include <utility>

#include "app/key_signer.hpp"
#include "app/passphrase.hpp"
#include "vault/store.hpp"
#include "vault/vault_signer.hpp"

namespace peaqos::app {

Task<Configuration> loadConfiguration(const Caller& caller) {
  Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  for (const std::string& warning : configuration.warnings()) {
    caller.conversation.progress({.name = "configuration", .state = "warning", .facts = {{"text", warning}}});
  }
  co_return configuration;
}

Task<std::unique_ptr<Session>> Session::open(const Caller& caller) {
  co_return std::make_unique<Session>(caller, co_await loadConfiguration(caller));
}

Session::Session(const Caller& caller, Configuration loaded)
    : configuration(std::move(loaded)), http(caller.host, configuration.requestTimeout()), caller_(caller) {}

evm::RpcClient Session::rpc() { return {http, configuration.rpcUrl()}; }

peaq::McrApi Session::mcrApi() { return {http, configuration.mcrUrl()}; }

Task<std::unique_ptr<evm::Signer>> Session::signer() {
  blindKeys(caller_.host.random);
  const auto wallet = configuration.owsWallet();
  if (!wallet) co_return configuration.keySigner();
  vault::Store store(caller_.host, caller_.conversation, ErrorKind::Configuration);
  vault::Stored stored = co_await store.load(*wallet);
  auto passphrase = [this, id = stored.wallet.id] { return signingPassphrase(caller_, configuration, id); };
  co_return std::make_unique<vault::VaultSigner>(std::move(stored.wallet), std::move(passphrase));
}

peaq::ActivationContext Session::activationContext(evm::RpcClient& rpc, evm::Journal& journal, evm::Signer& signer,
                                                   evm::Signer* machine) {
  return {.rpc = rpc,
          .journal = journal,
          .http = http,
          .clock = caller_.host.clock,
          .random = caller_.host.random,
          .conversation = caller_.conversation,
          .signer = signer,
          .machineSigner = machine,
          .contracts = configuration.contracts(),
          .network = configuration.network(),
          .receiptTimeout = configuration.receiptTimeout(),
          .gasStationUrl = [this] { return configuration.gasStationUrl(); }};
}

market::OrchestrationApi Session::platformMarket() {
  return {http, {.url = configuration.orchestrationUrl(), .platformKey = configuration.orchestrationKey()}};
}

market::OrchestrationApi Session::agentMarket(Secret pairingToken) {
  return {http, {.url = configuration.orchestrationUrl(), .pairingToken = std::move(pairingToken)}};
}

market::OrchestrationApi Session::wholeMarket(Secret pairingToken) {
  return {http,
          {.url = configuration.orchestrationUrl(),
           .platformKey = configuration.orchestrationKey(),
           .pairingToken = std::move(pairingToken)}};
}

}  // namespace peaqos::app
