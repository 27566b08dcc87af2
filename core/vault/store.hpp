// The folder of OWS wallet files (vault.md 1 and 5), shared with every other OWS program.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "host/conversation.hpp"
#include "host/host.hpp"
#include "vault/wallet_file.hpp"

namespace peaqos::vault {

struct Listed {
  Wallet wallet;
  std::string path;
};

struct Stored {
  WalletFile wallet;
  std::string path;
};

struct NewWallet {
  std::string name;  // checkNewName() has passed it
  KeyType keyType;
  Secret plaintext;
  std::vector<Account> accounts;
  Secret passphrase;
};

// Told as Progress: "wallet_file", "warning" {text} for a file that is no wallet; "vault", "warning" {text} for a
// folder that others could enter. Every function throws Error for files that cannot be read or written.
class Store {
 public:
  // The vault is ~/.ows. Throws Error (Configuration) NO_HOME when neither HOME nor USERPROFILE says where that is.
  // Errors of files and of names that are taken or unknown get `kind`.
  Store(host::Host& host, host::Conversation& conversation, ErrorKind kind = ErrorKind::Input);

  // Every wallet, the newest first.
  Task<std::vector<Listed>> list();

  // The wallet with this id, or else with this name, letter for letter. Throws Error WALLET_NOT_FOUND,
  // WALLET_AMBIGUOUS.
  Task<Listed> find(std::string nameOrId);

  // find(), with the whole file.
  Task<Stored> load(std::string nameOrId);

  // Throws Error BAD_NAME (Input) for a name that no wallet may be given, WALLET_EXISTS for one that is taken.
  Task<void> checkNewName(std::string name);

  // Encrypts the secret and writes the file, under a lock and after another look at the name.
  Task<Stored> add(NewWallet wallet);

  // Throws as find() and checkNewName(); WALLET_TOO_NEW for a file that a later program made.
  Task<Stored> rename(std::string nameOrId, std::string name);

  // Overwrites and removes the file of a wallet.
  Task<void> erase(Listed listed);

  // The agent keys (files of keys/) that hold a copy of the wallet's secret under a token of their own.
  Task<std::vector<std::string>> agentKeysOf(std::string id);

 private:
  Error fileTrouble(const host::FileError& failure) const;
  void refuseTaken(const std::vector<Listed>& wallets, const std::string& name) const;
  Listed pick(std::vector<Listed> wallets, const std::string& nameOrId) const;
  Error notFound(const std::string& nameOrId) const;
  Task<std::vector<std::string>> names(std::string folder);
  Task<std::optional<WalletFile>> read(std::string path);
  Task<bool> mentions(std::string path, std::string id);
  Task<void> makePrivate(std::string folder);
  Task<void> makeFolders();
  Task<void> locked(Task<void> work);
  Task<void> addNow(const Stored& stored);
  Task<void> renameNow(const std::string& nameOrId, const std::string& name, Stored& out);
  Task<void> write(const Stored& stored);
  std::string walletsFolder() const { return base_ + "/wallets"; }

  host::Host& host_;
  host::Conversation& conversation_;
  ErrorKind kind_;
  std::string base_;
};

}  // namespace peaqos::vault
