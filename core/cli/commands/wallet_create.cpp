// peaqos wallet create
// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallets.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"
#include "cli/wallet_text.hpp"

namespace peaqos::cli {
namespace {

constexpr std::string_view kWords[] = {"12", "24"};
constexpr Argument kArguments[] = {{"NAME", "What the wallet is called: 1 to 128 characters"}};
constexpr Option kOptions[] = {
    {.name = "words",
     .type = ValueType::Choice,
     .help = "How many words its mnemonic phrase has",
     .choices = kWords,
     .fallback = "12"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the wallet as JSON"},
};

// A name in a command line for a shell.
std::string shellWord(const std::string& name) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  if (name.find_first_not_of(kPlain) == std::string::npos && !name.starts_with('-')) return name;
  std::string quoted = "'";
  for (const char c : name) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return (name.starts_with('-') ? "-- " : "") + quoted + "'";
}

Json schemaOfResult() { return walletSchema(); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const vault::Wallet wallet = co_await app::createWallet(
      {.name = arguments.positional(0), .words = arguments.find("words").value_or("12")}, std::move(caller));
  output.done("wallet '" + printable(wallet.name) + "' is made; peaqos wallet show " + wallet.id + " shows it");
  if (arguments.has("json")) {
    output.json(app::toJson(wallet));
    co_return;
  }
  output.result(newWalletText(wallet, "created") +
                "\n  Write its phrase down now, and keep it where nobody finds it:\n    peaqos wallet export " +
                shellWord(wallet.name) + "\n\n");
}

constexpr std::string_view kExamples[] = {"peaqos wallet create robot-7", "peaqos wallet create robot-7 --words 24"};

}  // namespace

const Command kWalletCreate = {
    .path = "wallet create",
    .summary = "Make a wallet with a new mnemonic phrase",
    .details =
        "The phrase is encrypted under a passphrase that is asked for twice, or taken from OWS_PASSPHRASE, and kept in "
        "~/.ows/wallets, where every program of the Open Wallet Standard finds it. One phrase gives the addresses of "
        "all chains.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
