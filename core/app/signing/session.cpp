// SPDX-License-Identifier: Apache-2.0
#include "app/signing/session.hpp"

#include <string>
#include <utility>

#include "app/signing/key_signer.hpp"
#include "app/wallet/passphrase.hpp"
#include "base/error.hpp"
#include "market/chains.hpp"
#include "vault/store.hpp"
#include "vault/vault_signer.hpp"

namespace peaqos::app {
namespace {

struct SigningPassphrase {
  PEAQOS_CORO_WRAPPER Task<Secret> operator()() const { return signingPassphrase(caller, configuration, wallet); }

  const Caller& caller;
  const Configuration& configuration;
  vault::WalletFile wallet;
};

}  // namespace

Task<Configuration> loadConfiguration(const Caller& caller) {
  Configuration configuration = co_await Configuration::load(caller.host, caller.overrides);
  for (const std::string& warning : configuration.warnings()) {
    caller.conversation.progress({.name = "configuration", .state = "warning", .facts = {{"text", warning}}});
  }
  if (configuration.exposed()) {
    caller.conversation.progress(
        {.name = "secret_file", .state = "exposed", .facts = {{"file", "file '.env'"}, {"path", ".env"}}});
  }
  co_return configuration;
}

Task<std::unique_ptr<Session>> Session::open(const Caller& caller) {
  co_return std::make_unique<Session>(caller, co_await loadConfiguration(caller));
}

Session::Session(const Caller& caller, Configuration loaded)
    : configuration(std::move(loaded)), http(caller.host, configuration.requestTimeout()), caller_(caller) {}

evm::RpcClient Session::rpc() { return {http, configuration.rpcUrl()}; }

peaq::McrApi Session::mcrApi(peaq::Generation generation) { return {http, mcrUrl(generation)}; }

std::string Session::mcrUrl(peaq::Generation generation) const {
  if (generation == peaq::Generation::First || configuration.look("PEAQOS_MCR_API_URL")) return configuration.mcrUrl();
  const auto record = *peaq::findNetwork(configuration.networkName(), generation);
  if (!record.mcrUrl.empty()) return std::string(record.mcrUrl);
  if (record.isDevelopment()) return configuration.mcrUrl();
  throw configurationError(
      "CONFIG_ERROR", "deployment " + std::string(record.id) + " has no MCR API, and PEAQOS_MCR_API_URL is not set",
      "Set PEAQOS_MCR_API_URL");
}

Task<std::unique_ptr<evm::Signer>> Session::signer() {
  blindKeys(caller_.host.random);
  const auto wallet = configuration.owsWallet();
  if (!wallet) co_return configuration.keySigner();
  vault::Store store(caller_.host, caller_.conversation, ErrorKind::Configuration);
  vault::Stored stored = co_await store.load(*wallet);
  SigningPassphrase passphrase{caller_, configuration, stored.wallet};
  co_return std::make_unique<vault::VaultSigner>(std::move(stored.wallet), std::move(passphrase));
}

ledger::Ledger Session::ledger() { return {caller_.host, caller_.conversation}; }

policy::Guard& Session::guard(ledger::Ledger& ledger) {
  guards_.push_back(
      std::make_unique<policy::Guard>(caller_.host, caller_.conversation, ledger, configuration.policyPlace()));
  return *guards_.back();
}

evm::Outbox Session::outbox(evm::RpcClient& rpc, ledger::Ledger& ledger,
                            std::optional<std::chrono::milliseconds> patience,
                            std::span<const std::string_view> errors) {
  const peaq::DeploymentRecord network = configuration.network();
  return {{.host = caller_.host,
           .conversation = caller_.conversation,
           .rpc = rpc,
           .ledger = ledger,
           .sent = *caller_.sent,
           .guard = &guard(ledger)},
          {.chainId = network.chainId,
           .receiptTimeout = patience.value_or(configuration.receiptTimeout()),
           .errors = errors,
           .limits = {.currency = std::string(network.currency), .maxFee = configuration.maxFee()}}};
}

evm::Outbox Session::paymentOutbox(evm::RpcClient& rpc, ledger::Ledger& ledger, std::uint64_t chainId) {
  return {{.host = caller_.host,
           .conversation = caller_.conversation,
           .rpc = rpc,
           .ledger = ledger,
           .sent = *caller_.sent,
           .guard = &guard(ledger)},
          {.chainId = chainId,
           .receiptTimeout = configuration.receiptTimeout(),
           .limits = {.currency = market::nativeCurrency(chainId), .maxFee = configuration.maxFee()}}};
}

peaq::ActivationContext Session::activationContext(evm::RpcClient& rpc, ledger::Ledger& ledger, evm::Outbox& outbox,
                                                   evm::Signer& signer, evm::Signer* machine) {
  return {.rpc = rpc,
          .ledger = ledger,
          .outbox = outbox,
          .http = http,
          .clock = caller_.host.clock,
          .random = caller_.host.random,
          .conversation = caller_.conversation,
          .signer = signer,
          .machineSigner = machine,
          .contracts = configuration.contracts(),
          .network = configuration.network(),
          .gasStationUrl = [this] { return configuration.gasStationUrl(); }};
}

market::OrchestrationApi Session::platformMarket() {
  return {http, {.url = configuration.orchestrationUrl(), .platformKey = configuration.orchestrationKey()}};
}

market::OrchestrationApi Session::agentMarket(Secret pairingToken) {
  return {http, {.url = configuration.orchestrationUrl(), .pairingToken = std::move(pairingToken)}};
}

market::OrchestrationApi Session::agentMarketWithKey(Secret pairingToken) {
  if (configuration.hasOrchestrationKey()) return wholeMarket(std::move(pairingToken));
  return agentMarket(std::move(pairingToken));
}

market::OrchestrationApi Session::wholeMarket(Secret pairingToken) {
  return {http,
          {.url = configuration.orchestrationUrl(),
           .platformKey = configuration.orchestrationKey(),
           .pairingToken = std::move(pairingToken)}};
}

}  // namespace peaqos::app
