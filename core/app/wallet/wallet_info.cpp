// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallet_info.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace peaqos::app {
namespace {

struct Named {
  std::string_view chain;
  std::string_view network;
};

// In the order in which missing ones are appended; peaq first.
constexpr std::array<Named, 6> kEvmNetworks = {{{"eip155:3338", "peaq"},
                                                {"eip155:1", "ethereum"},
                                                {"eip155:8453", "base"},
                                                {"eip155:137", "polygon"},
                                                {"eip155:42161", "arbitrum"},
                                                {"eip155:10", "optimism"}}};

// CAIP-2 namespaces whose network has another name.
constexpr std::array<Named, 4> kNamespaces = {
    {{"eip155", "ethereum"}, {"bip122", "bitcoin"}, {"fil", "filecoin"}, {"xrpl", "ripple"}}};

std::string networkOf(const std::string& chainId) {
  if (const auto evm = std::ranges::find(kEvmNetworks, chainId, &Named::chain); evm != kEvmNetworks.end()) {
    return std::string(evm->network);
  }
  const std::string space = chainId.substr(0, chainId.find(':'));
  const auto other = std::ranges::find(kNamespaces, space, &Named::chain);
  return other == kNamespaces.end() ? space : std::string(other->network);
}

// The wallet's account on a chain, or null.
const vault::Account* named(const vault::Wallet& wallet, std::string_view chain) {
  const auto found = std::ranges::find(wallet.accounts, chain, &vault::Account::chainId);
  return found == wallet.accounts.end() ? nullptr : &*found;
}

}  // namespace

std::vector<ShownAccount> shownAccounts(const vault::Wallet& wallet) {
  std::vector<ShownAccount> shown;
  shown.reserve(wallet.accounts.size() + kEvmNetworks.size());
  for (const vault::Account& account : wallet.accounts) shown.push_back({account, networkOf(account.chainId)});
  const vault::Account* evm = vault::evmAccount(wallet);
  if (!evm) return shown;
  for (const auto& [chain, network] : kEvmNetworks) {
    if (named(wallet, chain)) continue;
    vault::Account account = *evm;
    account.chainId = chain;
    account.accountId = account.chainId + ":" + account.address;
    shown.push_back({std::move(account), std::string(network)});
  }
  return shown;
}

std::string peaqAddress(const vault::Wallet& wallet) {
  const vault::Account* account = named(wallet, kEvmNetworks[0].chain);
  if (!account) account = vault::evmAccount(wallet);
  return account ? account->address : std::string();
}

Json toJson(const vault::Wallet& wallet) {
  Json accounts = Json::array();
  for (const auto& [account, network] : shownAccounts(wallet)) {
    accounts.push_back({{"account_id", account.accountId},
                        {"address", account.address},
                        {"chain_id", account.chainId},
                        {"network", network},
                        {"derivation_path", account.derivationPath}});
  }
  const std::string peaq = peaqAddress(wallet);
  return {{"id", wallet.id},
          {"name", wallet.name},
          {"created_at", wallet.createdAt},
          {"key_type", vault::name(wallet.keyType)},
          {"peaq_address", peaq.empty() ? Json() : Json(peaq)},
          {"accounts", std::move(accounts)}};
}

}  // namespace peaqos::app
