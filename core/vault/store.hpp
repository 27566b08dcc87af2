// The folder of OWS wallet files (docs/vault.md#folder), shared with every other OWS program.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
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
  bool linked = false;  // the path is a symbolic link: its wallet is read, never written or removed
};

struct Stored {
  WalletFile wallet;
  std::string path;
  bool linked = false;
};

struct NewWallet {
  std::string name;  // checkNewName() has passed it
  KeyType keyType;
  Secret plaintext;
  std::vector<Account> accounts;
  Secret passphrase;
};

constexpr std::size_t kLargestFile = 128U << 10;  // bytes; a wallet of today takes 4 KiB

// Whether OWS takes a file of this name for a wallet.
bool isWalletFile(std::string_view name);

// Told as Progress: "wallet_file", "warning" {text} for a file that is no wallet; "vault", "warning" {text} for a
// folder that others could enter. Every function throws Error for files that cannot be read or written.
class Store {
 public:
  // The vault is ~/.ows. Throws Error (Configuration) NO_HOME when neither HOME nor USERPROFILE says where that is.
  // Errors of files and of names that are taken or unknown get `kind`.
  Store(host::Host& host, host::Conversation& conversation, ErrorKind kind = ErrorKind::Input);

  // Every wallet, the newest first. Reads only: no folder is made or changed, nothing is locked. A wallet file may be a
  // symbolic link to a regular file, as a mounted secret's is; a link beside the file it leads to is no second wallet.
  Task<std::vector<Listed>> list();
  // How many files of the last list() could not be read as wallets.
  std::size_t passedOver() const { return passedOver_; }

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

  // Throws for a wallet whose file is a symbolic link: such a one is only read.
  void refuseLinked(const Listed& listed) const;

  // Overwrites and removes the file of a wallet.
  Task<void> erase(Listed listed);

  // The agent keys (files of keys/) that hold a copy of the wallet's secret under a token of their own.
  Task<std::vector<std::string>> agentKeysOf(std::string id);

 private:
  Error fileTrouble(const host::FileError& failure) const;
  void refuseTaken(const std::vector<Listed>& wallets, const std::string& name) const;
  Listed pick(std::vector<Listed> wallets, const std::string& nameOrId) const;
  Error notFound(const std::string& nameOrId) const;
  Error linkedError(const std::string& name, const std::string& path) const;
  void warn(std::string name, std::string text);
  Task<std::optional<std::vector<std::string>>> names(std::string folder);
  Task<std::optional<bool>> hasEntry(std::string folder, std::string entry);
  Task<void> refuseDanglingLink();
  Task<void> warnOfOpenFolders();
  Task<std::optional<Stored>> read(std::string path);
  Task<bool> mentions(std::string path, std::string id);
  Task<void> makePrivate(std::string folder);
  Task<void> makeFolders();
  Task<std::unique_ptr<host::FileLock>> lock();
  Task<void> removeOldLock();
  Task<void> locked(Task<void> work);
  Task<void> addNow(const Stored& stored);
  Task<void> renameNow(const std::string& nameOrId, const std::string& name, Stored& out);
  Task<void> write(const Stored& stored);
  std::string walletsFolder() const { return base_ + "/wallets"; }

  host::Host& host_;
  host::Conversation& conversation_;
  ErrorKind kind_;
  std::string home_;
  std::string base_;
  std::size_t passedOver_ = 0;
};

}  // namespace peaqos::vault
