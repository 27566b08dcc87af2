// One operation's configuration and connections, opened once its request is known to be good.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "app/caller.hpp"
#include "app/settings/configuration.hpp"
#include "evm/outbox.hpp"
#include "evm/rpc.hpp"
#include "host/http.hpp"
#include "market/orchestration.hpp"
#include "peaq/activation.hpp"
#include "peaq/mcr_api.hpp"
#include "peaq/reverts.hpp"
#include "policy/guard.hpp"

namespace peaqos::app {

// Reads the configuration; lines of `.env` that cannot be read are reported as Progress "configuration", "warning".
Task<Configuration> loadConfiguration(const Caller& caller);

class Session {
 public:
  static Task<std::unique_ptr<Session>> open(const Caller& caller);

  Session(const Caller& caller, Configuration configuration);

  const Configuration configuration;
  host::HttpClient http;

  // A client of the configured node or API; throws Error (Configuration) when its URL is missing or malformed.
  evm::RpcClient rpc();
  peaq::McrApi mcrApi(peaq::Generation generation = peaq::Generation::First);

  // The MCR API for machines of a generation: PEAQOS_MCR_API_URL, else for the second the host of its deployment.
  // Throws Error (Configuration) "CONFIG_ERROR" where that has none.
  std::string mcrUrl(peaq::Generation generation) const;

  // Who signs: the wallet of PEAQOS_OWS_WALLET, or else PEAQOS_PRIVATE_KEY. A wallet's passphrase is asked for by its
  // unlock(), not before. Throws Error (Configuration).
  Task<std::unique_ptr<evm::Signer>> signer();

  // peaqos.log of the working directory.
  ledger::Ledger ledger();

  // What the policy of PEAQOS_POLICY, or else of the working directory, has to say; it lives as long as the session.
  policy::Guard& guard(ledger::Ledger& ledger);

  // What sends transactions of the configured network; the session and what is given outlive it.
  // `patience`: how long a receipt is awaited, instead of PEAQOS_RECEIPT_TIMEOUT. `errors`: of the contracts that are
  // called.
  evm::Outbox outbox(evm::RpcClient& rpc, ledger::Ledger& ledger,
                     std::optional<std::chrono::milliseconds> patience = {},
                     std::span<const std::string_view> errors = peaq::contractErrors());

  // What pays orders on any chain.
  evm::Outbox paymentOutbox(evm::RpcClient& rpc, ledger::Ledger& ledger, std::uint64_t chainId);

  // What an activation works with; the session and what is given outlive it. `machine`: null without a proxy.
  peaq::ActivationContext activationContext(evm::RpcClient& rpc, ledger::Ledger& ledger, evm::Outbox& outbox,
                                            evm::Signer& signer, evm::Signer* machine);

  // The Machine Market for the operator's platform, for a paired agent, or for both. Throw Error (Configuration) for
  // its URL and the platform's key; agentMarketWithKey() takes the key only where there is one.
  market::OrchestrationApi platformMarket();
  market::OrchestrationApi agentMarket(Secret pairingToken);
  market::OrchestrationApi agentMarketWithKey(Secret pairingToken);
  market::OrchestrationApi wholeMarket(Secret pairingToken);

 private:
  const Caller& caller_;
  std::vector<std::unique_ptr<policy::Guard>> guards_ = {};
};

}  // namespace peaqos::app
