// The settings of one run: flags over environment over `.env` over defaults (docs/commands.md#settings).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/settings/variables.hpp"
#include "base/secret.hpp"
#include "evm/signer.hpp"
#include "host/host.hpp"
#include "peaq/contract_list.hpp"
#include "peaq/deployment.hpp"
#include "policy/policy_file.hpp"

namespace peaqos::app {

// A setting that is not empty.
struct FoundSetting {
  std::string value;
  std::string origin;  // "flag", "environment", ".env line 3"
};

// Every getter throws Error (Configuration) that names the variable, what is wrong with it and what is accepted; a
// setting is checked when it is asked for, so a command needs only what it uses (decision 3).
class Configuration {
 public:
  // Reads ./.env. Lines of it that cannot be read are named in warnings(). `overrides` (from flags) win over all.
  static Task<Configuration> load(host::Host& host, std::map<std::string, std::string> overrides = {});

  // The environment alone, without .env.
  static Configuration ofEnvironment(host::Host& host);

  const std::vector<std::string>& warnings() const { return warnings_; }
  // Whether .env holds a secret and others than its owner can read it.
  bool exposed() const { return exposed_; }

  // A variable as it is set; std::nullopt if it is not, or empty.
  std::optional<FoundSetting> look(const std::string& name) const;
  // Throws what is wrong with the value of a variable that is set.
  void check(const Variable& variable) const;

  std::string rpcUrl() const;  // PEAQOS_RPC_URL
  std::optional<std::string> optionalRpcUrl() const;
  std::string gasStationUrl() const;     // PEAQOS_GAS_STATION_URL
  std::string mcrUrl() const;            // PEAQOS_MCR_API_URL
  std::string orchestrationUrl() const;  // PEAQOS_ORCHESTRATION_URL, without query and fragment
  bool hasOrchestrationKey() const;
  Secret orchestrationKey() const;  // PEAQOS_ORCH_API_KEY
  // PEAQOS_WEBHOOK_URL and PEAQOS_WEBHOOK_SECRET; std::nullopt where none is set.
  struct Webhook {
    std::string url;
    Secret secret;
  };
  std::optional<Webhook> webhook() const;
  std::chrono::milliseconds requestTimeout() const;  // PEAQOS_TIMEOUT
  std::chrono::milliseconds receiptTimeout() const;  // PEAQOS_RECEIPT_TIMEOUT
  evm::U256 maxFee() const;                          // PEAQOS_MAX_FEE, for one transaction; in wei

  // PEAQOS_POLICY, or else peaqos-policy.json where there is one.
  policy::Place policyPlace() const;

  // PEAQOS_NETWORK by its name.
  std::string networkName() const;
  // Which deployment is meant: that of PEAQOS_DEPLOYMENT_ID; else the network's one of the generation of which a
  // contract's variable is set; else whichever the chain has (decision 27).
  peaq::DeploymentChoice deployment() const;
  // Name, chain and currency of its network.
  peaq::DeploymentRecord network() const { return deployment().network(); }
  // The contracts of the first generation, each overridable by its variable. Throws "OTHER_GENERATION" where the
  // settings name a deployment of the second.
  peaq::Contracts contracts() const;
  // Those of a record of the second generation; overridable on development chains alone, since a wrong address would
  // defeat the check of peers.
  peaq::v2::Roles roles(const peaq::DeploymentRecord& record) const;
  // Every contract of a deployment, for those who list them.
  std::vector<peaq::ListedContract> contractsOf(const peaq::DeploymentRecord& record) const;

  // Base URLs of everything that commands call, the nodes of the chains that orders are paid on included.
  std::vector<std::string> endpoints() const;
  // Lines of `.env` with the network, the endpoints and the contracts that are set; keys and tokens are left out.
  std::string publicSettings() const;

  // PEAQOS_OWS_WALLET, the name or id of the wallet that signs. It wins over PEAQOS_PRIVATE_KEY.
  std::optional<std::string> owsWallet() const;
  // OWS_PASSPHRASE of the vault.
  std::optional<Secret> owsPassphrase() const;
  // The key that signs where no wallet does: PEAQOS_PRIVATE_KEY.
  std::unique_ptr<evm::Signer> keySigner() const;

 private:
  std::optional<std::string> find(const std::string& name) const;
  std::string findOrDefault(const std::string& name) const;
  std::string require(const std::string& name, const std::string& example) const;
  std::string url(const std::string& name, std::string value) const;
  Secret key(const std::string& name) const;
  std::chrono::milliseconds seconds(const std::string& name) const;
  evm::Address contract(const std::string& name, std::string_view recorded) const;

  host::Environment* environment_ = nullptr;
  std::map<std::string, std::string> overrides_;
  std::map<std::string, std::string> file_;
  std::map<std::string, std::size_t> lines_;  // of the file, from 1: where each variable is set for good
  std::vector<std::string> warnings_;
  bool exposed_ = false;
};

}  // namespace peaqos::app
