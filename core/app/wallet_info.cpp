// SPDX-License-Identifier: Apache-2.0
#include "app/wallet_info.hpp"

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

bool has(const std::vector<ShownAccount>& accounts, std::string_view chain) {
  return std::ranges::any_of(accounts, [&](const ShownAccount& shown) { return shown.account.chainId == chain; });
}

}  // namespace

WalletInfo infoOf(const vault::WalletFile& wallet) {
  WalletInfo info{.id = wallet.id,
                  .name = wallet.name,
                  .createdAt = wallet.createdAt,
                  .keyType = wallet.keyType,
                  .peaqAddress = {},
                  .accounts = {}};
  for (const vault::Account& account : wallet.accounts) info.accounts.push_back({account, networkOf(account.chainId)});
  const vault::Account* evm = vault::evmAccount(wallet);
  if (!evm) return info;
  for (const auto& [chain, network] : kEvmNetworks) {
    if (has(info.accounts, chain)) continue;
    vault::Account account = *evm;
    account.chainId = chain;
    account.accountId = account.chainId + ":" + account.address;
    info.accounts.push_back({std::move(account), std::string(network)});
  }
  const auto peaq = std::ranges::find_if(
      info.accounts, [](const ShownAccount& shown) { return shown.account.chainId == kEvmNetworks[0].chain; });
  info.peaqAddress = peaq->account.address;
  return info;
}

Json toJson(const WalletInfo& info) {
  Json accounts = Json::array();
  for (const auto& [account, network] : info.accounts) {
    accounts.push_back({{"account_id", account.accountId},
                        {"address", account.address},
                        {"chain_id", account.chainId},
                        {"network", network},
                        {"derivation_path", account.derivationPath}});
  }
  return {{"id", info.id},
          {"name", info.name},
          {"created_at", info.createdAt},
          {"key_type", vault::name(info.keyType)},
          {"peaq_address", info.peaqAddress.empty() ? Json() : Json(info.peaqAddress)},
          {"accounts", std::move(accounts)}};
}

}  // namespace peaqos::app
