// SPDX-License-Identifier: Apache-2.0
#include "market/chains.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "evm/u256.hpp"

namespace peaqos::market {
namespace {

struct Chain {
  std::string_view alias;
  std::string_view caip2;
  std::string_view label;
  std::string_view currency;
  std::string_view rpcUrl;
};

constexpr Chain kChains[] = {
    {"base", "eip155:8453", "base", "ETH", "https://mainnet.base.org"},
    {"peaq", "eip155:3338", "peaq", "PEAQ", "https://peaq.api.onfinality.io/public"},
    {"agung", "eip155:9990", "agung testnet", "AGUNG", "https://wss-async.agung.peaq.network"},
    {"ethereum", "eip155:1", "ethereum", "ETH", "https://eth.llamarpc.com"},
    {"eth", "eip155:1", "ethereum", "ETH", "https://eth.llamarpc.com"},
    {"polygon", "eip155:137", "polygon", "POL", "https://polygon-rpc.com"},
    {"arbitrum", "eip155:42161", "arb.", "ETH", "https://arb1.arbitrum.io/rpc"},
    {"optimism", "eip155:10", "optimism", "ETH", "https://mainnet.optimism.io"},
    {"bsc", "eip155:56", "bsc", "BNB", "https://bsc-dataseed.binance.org"},
    {"solana", "solana:mainnet", "solana", "SOL", ""},
};

constexpr std::string_view kEvm = "eip155:";

const Chain* find(std::string_view caip2) {
  const auto found = std::ranges::find(kChains, caip2, &Chain::caip2);
  return found == std::end(kChains) ? nullptr : found;
}

std::string caip2Of(std::uint64_t chainId) { return std::string(kEvm) + std::to_string(chainId); }

}  // namespace

std::string toCaip2(std::string_view chain) {
  const std::string text(trim(chain));
  std::string lower = text;
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto found = std::ranges::find(kChains, lower, &Chain::alias);
  return found == std::end(kChains) ? text : std::string(found->caip2);
}

std::optional<std::uint64_t> evmChainId(std::string_view caip2) {
  if (!caip2.starts_with(kEvm)) return std::nullopt;
  const auto number = evm::U256::fromDecimal(caip2.substr(kEvm.size()));
  return number ? number->toUint64() : std::nullopt;
}

bool isSolana(std::string_view caip2) { return caip2.starts_with("solana"); }

std::string chainLabel(std::string_view caip2) {
  if (caip2.empty()) return "unknown";
  if (const Chain* chain = find(caip2)) return std::string(chain->label);
  const bool numbered = caip2.starts_with(kEvm) && caip2 != kEvm;
  return std::string(numbered ? caip2.substr(kEvm.size()) : caip2);
}

std::string nativeCurrency(std::uint64_t chainId) {
  const Chain* chain = find(caip2Of(chainId));
  return chain ? std::string(chain->currency) : "of the chain's coin";
}

std::string_view builtInRpc(std::uint64_t chainId) {
  const Chain* chain = find(caip2Of(chainId));
  return chain ? chain->rpcUrl : std::string_view();
}

std::vector<std::string> builtInRpcs() {
  std::vector<std::string> urls;
  for (const Chain& chain : kChains) {
    if (!chain.rpcUrl.empty() && std::ranges::find(urls, chain.rpcUrl) == urls.end()) urls.emplace_back(chain.rpcUrl);
  }
  return urls;
}

std::string chainAliases() {
  std::vector<std::string> names;
  for (const Chain& chain : kChains) names.emplace_back(chain.alias);
  return join(names, ", ");
}

}  // namespace peaqos::market
