// peaqos wallet use
// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/use_wallet.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/schema.hpp"
#include "cli/wallet_text.hpp"
#include "evm/address.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"NAME_OR_ID", "The wallet: its exact name, or its whole ID"}};

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the wallet as JSON"},
};

Json schemaOfResult() { return walletSchema(); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const vault::Wallet wallet = co_await app::useWallet(arguments.positional(0), std::move(caller));
  output.done(".env names wallet '" + printable(wallet.name) + "'");
  if (arguments.has("json")) {
    output.json(app::toJson(wallet));
    co_return;
  }
  output.result("  Active wallet set to '" + printable(wallet.name) + "' (" +
                evm::shortAddress(app::peaqAddress(wallet)) + " on peaq).\n");
}

constexpr std::string_view kExamples[] = {"peaqos wallet use robot-7"};

}  // namespace

const Command kWalletUse = {
    .path = "wallet use",
    .summary = "Sign with a wallet from now on",
    .details =
        "Writes PEAQOS_OWS_WALLET into .env in the current directory and leaves every other line as it is. The wallet "
        "wins over PEAQOS_PRIVATE_KEY. Its passphrase is asked for when something is to be signed, or taken from "
        "OWS_PASSPHRASE.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
