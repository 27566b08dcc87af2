// The wallets of the vault: made, imported, shown, exported, removed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "app/settings/configuration.hpp"
#include "app/signing/plan.hpp"
#include "app/wallet/wallet_info.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Secrets are asked for in the conversation: questions "new_passphrase" and (on a terminal) "repeat_passphrase",
// "passphrase", "mnemonic", "private_key". OWS_PASSPHRASE answers the first three. Every function throws Error as
// vault::Store does.

struct CreateWalletRequest {
  std::string name;
  std::string words = "12";  // or "24"
};

// Makes a mnemonic wallet. Its phrase is not shown. A name that is taken and a vault that cannot be written are
// Configuration errors (docs/commands.md#wallets).
Task<vault::Wallet> createWallet(CreateWalletRequest request, Caller caller);
Task<vault::Wallet> createWallet(CreateWalletRequest request, Caller caller, Configuration configuration);

struct ImportWalletRequest {
  std::string name;
  bool mnemonic = true;                      // else a private key
  std::string index = "0";                   // the account's number in the phrase's tree
  std::optional<Secret> privateKey = {};     // "0x" and 64 digits, or 32 bytes; asked for when it is not here
  std::string privateKeySource = "the key";  // for messages
};

// Imports a phrase or a secp256k1 key. With a key the wallet gets a second, random one for the chains of Ed25519, told
// as Progress "second_key", "note". Throws Error (Input) BAD_MNEMONIC, BAD_PRIVATE_KEY, BAD_FIELD.
Task<vault::Wallet> importWallet(ImportWalletRequest request, Caller caller);

Task<std::vector<vault::Wallet>> listWallets(Caller caller);
Task<vault::Wallet> showWallet(std::string nameOrId, Caller caller);

// The secret: the phrase, or JSON {"ed25519", "secp256k1"} of hexadecimal keys.
Task<Secret> exportWallet(std::string nameOrId, Caller caller);

// Overwrites and removes the file; agent keys that still hold the secret are told as Progress "agent_key", "warning".
Task<vault::Wallet> deleteWallet(std::string nameOrId, Caller caller);

// What deleteWallet() would do: the file that goes, and the agent keys that stay.
Task<Plan> planWalletDeletion(std::string nameOrId, Caller caller);

Task<vault::Wallet> renameWallet(std::string nameOrId, std::string name, Caller caller);

}  // namespace peaqos::app
