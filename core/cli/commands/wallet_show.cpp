// peaqos wallet show
// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallets.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"
#include "cli/wallet_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"NAME_OR_ID", "The wallet: its exact name, or its whole ID"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the wallet as JSON"},
};

Json schemaOfResult() { return walletSchema(); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const vault::Wallet wallet = co_await app::showWallet(arguments.positional(0), std::move(caller));
  if (arguments.has("json")) {
    output.result(dumpJson(app::toJson(wallet), 2) + "\n");
    co_return;
  }
  output.result(
      "\n  Wallet: " + printable(wallet.name) + "\n\n" +
      pairs({{"ID", wallet.id}, {"Created", wallet.createdAt}, {"Key Type", vault::name(wallet.keyType)}}, 4) +
      "\n    Addresses:\n" + addressTable(wallet, 6) + "\n");
}

constexpr std::string_view kExamples[] = {"peaqos wallet show robot-7",
                                          "peaqos wallet show robot-7 --json | jq -r .peaq_address"};

}  // namespace

const Command kWalletShow = {.path = "wallet show",
                             .summary = "Show a wallet and its addresses on every chain",
                             .details =
                                 "Needs no passphrase. In a wallet made from a private key, the Solana, TON, Sui, Nano "
                                 "and NEAR addresses belong "
                                 "to a second key that was generated for it.",
                             .arguments = kArguments,
                             .options = kOptions,
                             .examples = kExamples,
                             .run = run,
                             .result = schemaOfResult,
                             .effect = Effect::Reads};

}  // namespace peaqos::cli
