// Keys of machines that a file names: files with keys, and accounts of the vault's wallets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/caller.hpp"
#include "app/settings/configuration.hpp"
#include "vault/keys.hpp"

namespace peaqos::app {

class MachineKeys {
 public:
  // Both outlive the keys.
  MachineKeys(Caller& caller, const Configuration& configuration) : caller_(caller), configuration_(configuration) {}

  // From a file with 64 hexadecimal digits. Throws Error (Input or Configuration).
  Task<std::unique_ptr<evm::Signer>> ofFile(std::string path);

  // The account with this number of a wallet. Each wallet is opened once; only a person or OWS_PASSPHRASE answers for
  // its passphrase. Throws Error: Input for a wallet or number that there is not, Configuration for the passphrase.
  Task<std::unique_ptr<evm::Signer>> ofWallet(std::string nameOrId, std::string index);

 private:
  Caller& caller_;
  const Configuration& configuration_;
  std::map<std::string, vault::Keys> opened_;  // by what the file calls the wallet
};

}  // namespace peaqos::app
