// SPDX-License-Identifier: Apache-2.0
#include "cli/wallet_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/layout.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

using Label = std::pair<std::string_view, std::string_view>;

// What people call a chain; others go by their network's name.
constexpr std::array<Label, 17> kLabels = {{{"eip155:3338", "peaq"},
                                            {"eip155:9990", "Agung testnet"},
                                            {"eip155:8453", "Base"},
                                            {"eip155:1", "Ethereum"},
                                            {"eip155:137", "Polygon"},
                                            {"eip155:42161", "Arb."},
                                            {"eip155:10", "Optimism"},
                                            {"eip155:56", "BSC"},
                                            {"solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "Solana"},
                                            {"bip122:000000000019d6689c085ae165831e93", "Bitcoin"},
                                            {"cosmos:cosmoshub-4", "Cosmos Hub"},
                                            {"tron:mainnet", "Tron"},
                                            {"ton:mainnet", "TON"},
                                            {"sui:mainnet", "Sui"},
                                            {"xrpl:mainnet", "XRPL"},
                                            {"spark:mainnet", "Spark"},
                                            {"fil:mainnet", "Filecoin"}}};

std::string chainCell(const app::ShownAccount& shown) {
  const auto label = std::ranges::find(kLabels, shown.account.chainId, &Label::first);
  return shown.account.chainId + " (" + (label == kLabels.end() ? shown.network : std::string(label->second)) + ")";
}

using peaq::Field;
using peaq::FieldType;

constexpr std::string_view kKeyTypes[] = {"mnemonic", "private_key"};

constexpr Field kAccount[] = {
    {.name = "account_id", .type = FieldType::Text},      {.name = "address", .type = FieldType::Text},
    {.name = "chain_id", .type = FieldType::Text},        {.name = "network", .type = FieldType::Text},
    {.name = "derivation_path", .type = FieldType::Text},
};

constexpr Field kWallet[] = {
    {.name = "id", .type = FieldType::Text},
    {.name = "name", .type = FieldType::Text},
    {.name = "created_at", .type = FieldType::Text},
    {.name = "key_type", .type = FieldType::OneOf, .words = kKeyTypes},
    {.name = "peaq_address", .type = FieldType::Text, .absence = peaq::Absence::NullAllowed},
    {.name = "accounts", .type = FieldType::Array, .members = kAccount},
};

}  // namespace

Json walletSchema() { return objectSchema(kWallet); }

std::string addressTable(const vault::Wallet& wallet, std::size_t indent) {
  const auto shown = app::shownAccounts(wallet);
  std::vector<std::vector<std::string>> rows;
  rows.reserve(shown.size());
  for (const app::ShownAccount& account : shown) {
    rows.push_back({chainCell(account), account.account.address, account.account.derivationPath});
  }
  return table({"Chain", "Address", "Path"}, rows, indent);
}

std::string newWalletText(const vault::Wallet& wallet, const std::string& verb) {
  return "\n  Wallet " + verb + ".\n" +
         pairs({{"Name", wallet.name},
                {"ID", wallet.id},
                {"Key Type", vault::name(wallet.keyType)},
                {"Vault", "~/.ows/wallets/" + wallet.id + ".json"}},
               4) +
         "\n    Addresses:\n" + addressTable(wallet, 6);
}

}  // namespace peaqos::cli
