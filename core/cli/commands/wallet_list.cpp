// peaqos wallet list
// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallets.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"
#include "cli/wallet_text.hpp"
#include "evm/address.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print every wallet as JSON"},
};

std::string shortId(const std::string& id) {
  return id.size() <= 8 ? id : id.substr(0, 4) + "..." + id.substr(id.size() - 4);
}

std::string render(const std::vector<vault::Wallet>& wallets) {
  if (wallets.empty()) return "  No wallets found. Make one with: peaqos wallet create NAME\n";
  std::vector<std::vector<std::string>> rows;
  rows.reserve(wallets.size());
  for (const vault::Wallet& wallet : wallets) {
    rows.push_back({wallet.name, shortId(wallet.id), evm::shortAddress(app::peaqAddress(wallet)),
                    vault::name(wallet.keyType), wallet.createdAt.substr(0, 10)});
  }
  return "  Wallets: " + std::to_string(wallets.size()) + "\n\n" +
         table({"Name", "ID", "peaq Address", "Key Type", "Created"}, rows, 4) + "\n";
}

Json schemaOfResult() { return listSchema(walletSchema()); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const auto wallets = co_await app::listWallets(std::move(caller));
  if (!arguments.has("json")) {
    output.result(render(wallets));
    co_return;
  }
  Json list = Json::array();
  for (const vault::Wallet& wallet : wallets) list.push_back(app::toJson(wallet));
  output.result(dumpJson(list, 2) + "\n");
}

constexpr std::string_view kExamples[] = {"peaqos wallet list",
                                          "peaqos wallet list --json | jq -r '.[] | .name + \" \" + .peaq_address'"};

}  // namespace

const Command kWalletList = {
    .path = "wallet list",
    .summary = "List the wallets of the vault, the newest first",
    .details = "Reads ~/.ows/wallets; needs no passphrase. A file that is no wallet is named and passed over.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
