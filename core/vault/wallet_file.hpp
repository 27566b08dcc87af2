// OWS wallet files: their text and what it says (docs/vault.md#file).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "vault/families.hpp"
#include "vault/keys.hpp"

namespace peaqos::vault {

// The newest version that is known: files of a later one are listed, but neither opened nor rewritten.
constexpr std::uint32_t kVersion = 2;

// What a file says about its wallet.
struct Wallet {
  std::uint32_t version = kVersion;
  std::string id;  // of new wallets a UUID; any text in a file
  std::string name;
  std::string createdAt;  // RFC 3339; never parsed
  KeyType keyType = KeyType::Mnemonic;
  std::vector<Account> accounts;
};

struct WalletFile : Wallet {
  Json json;  // the whole file, unknown members included
};

struct Reading {
  std::optional<WalletFile> wallet;
  std::string problem;  // one clause, when there is no wallet
};

// Reads a file's text. Nothing in it is decrypted.
Reading readWallet(std::string_view text);

// A new wallet: its members in OWS's order around an envelope (sealEnvelope()).
WalletFile makeWallet(std::string id, std::string name, std::string createdAt, KeyType keyType,
                      std::vector<Account> accounts, Json envelope);

// The wallet under another name; whatever else the file said stays as it was.
WalletFile renamed(WalletFile wallet, std::string name);

// The file's text, byte for byte as OWS writes it.
std::string writeWallet(const WalletFile& wallet);

// The first account of the EVM family, or null.
const Account* evmAccount(const Wallet& wallet);

}  // namespace peaqos::vault
