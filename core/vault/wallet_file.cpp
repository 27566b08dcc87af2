// SPDX-License-Identifier: Apache-2.0
#include "vault/wallet_file.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace peaqos::vault {
namespace {

constexpr std::string_view kOldVersionName = "lws_version";
constexpr std::string_view kVersionName = "ows_version";

// What version 1 may name as `chain_type`.
constexpr std::array<std::string_view, 12> kChainTypes = {"evm",   "solana",   "cosmos", "bitcoin", "tron", "ton",
                                                          "spark", "filecoin", "sui",    "xrpl",    "nano", "near"};

// The clause of a member that is not as it must be, thrown within this file only.
struct Problem {
  std::string text;
};

const Json& member(const Json& json, std::string_view name) {
  const Json* found = findMember(json, name);
  if (!found) throw Problem{std::string(name) + " is missing"};
  return *found;
}

std::string textOf(const Json& json, std::string_view name) {
  const Json& found = member(json, name);
  if (!found.is_string()) throw Problem{std::string(name) + " is not a text"};
  return found.get<std::string>();
}

std::uint32_t versionOf(const Json& json) {
  const Json* current = findMember(json, kVersionName);
  const Json* old = findMember(json, kOldVersionName);
  if (current && old) throw Problem{"it has both ows_version and lws_version"};
  if (!current && !old) throw Problem{"ows_version is missing"};
  const auto value = toUint64(current ? *current : *old);
  if (!value || *value > std::numeric_limits<std::uint32_t>::max()) throw Problem{"ows_version is not a whole number"};
  return static_cast<std::uint32_t>(*value);
}

KeyType keyTypeOf(const Json& json) {
  const std::string word = textOf(json, "key_type");
  for (const KeyType type : {KeyType::Mnemonic, KeyType::PrivateKey}) {
    if (word == name(type)) return type;
  }
  throw Problem{"key_type is neither mnemonic nor private_key"};
}

void checkChainType(const Json& json) {
  const Json* type = findMember(json, "chain_type");
  if (!type || type->is_null()) return;
  if (!type->is_string() || std::ranges::find(kChainTypes, type->get<std::string>()) == kChainTypes.end()) {
    throw Problem{"chain_type names no known family"};
  }
}

std::vector<Account> accountsOf(const Json& json) {
  const Json& list = member(json, "accounts");
  if (!list.is_array()) throw Problem{"accounts is not a list"};
  std::vector<Account> accounts;
  for (const Json& account : list) {
    accounts.push_back({.accountId = textOf(account, "account_id"),
                        .address = textOf(account, "address"),
                        .chainId = textOf(account, "chain_id"),
                        .derivationPath = textOf(account, "derivation_path")});
  }
  return accounts;
}

WalletFile read(Json json) {
  WalletFile wallet;
  wallet.version = versionOf(json);
  wallet.id = textOf(json, "id");
  wallet.name = textOf(json, "name");
  wallet.createdAt = textOf(json, "created_at");
  wallet.accounts = accountsOf(json);
  member(json, "crypto");
  wallet.keyType = keyTypeOf(json);
  checkChainType(json);
  wallet.json = std::move(json);
  return wallet;
}

}  // namespace

Reading readWallet(std::string_view text) {
  auto json = parseStrictJson(text);
  if (!json || !json->is_object()) return {.wallet = {}, .problem = "it is not a JSON object"};
  try {
    return {.wallet = read(std::move(*json)), .problem = {}};
  } catch (const Problem& problem) {
    return {.wallet = {}, .problem = problem.text};
  }
}

WalletFile makeWallet(std::string id, std::string name, std::string createdAt, KeyType keyType,
                      std::vector<Account> accounts, Json envelope) {
  Json list = Json::array();
  for (const Account& account : accounts) {
    list.push_back({{"account_id", account.accountId},
                    {"address", account.address},
                    {"chain_id", account.chainId},
                    {"derivation_path", account.derivationPath}});
  }
  Json json{{std::string(kVersionName), kVersion},
            {"id", id},
            {"name", name},
            {"created_at", createdAt},
            {"accounts", std::move(list)},
            {"crypto", std::move(envelope)},
            {"key_type", vault::name(keyType)}};
  return {{.version = kVersion,
           .id = std::move(id),
           .name = std::move(name),
           .createdAt = std::move(createdAt),
           .keyType = keyType,
           .accounts = std::move(accounts)},
          std::move(json)};
}

WalletFile renamed(WalletFile wallet, std::string name) {
  Json json = Json::object();
  for (auto& [member, value] : wallet.json.items()) {
    json[member == kOldVersionName ? std::string(kVersionName) : member] = std::move(value);
  }
  json["name"] = name;
  wallet.json = std::move(json);
  wallet.name = std::move(name);
  return wallet;
}

std::string writeWallet(const WalletFile& wallet) { return dumpUtf8(wallet.json); }

const Account* evmAccount(const Wallet& wallet) {
  const auto found = std::ranges::find_if(
      wallet.accounts, [](const Account& account) { return account.chainId.starts_with("eip155:"); });
  return found == wallet.accounts.end() ? nullptr : &*found;
}

}  // namespace peaqos::vault
