// peaqos wallet import
// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallets.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/input_files.hpp"
#include "cli/schema.hpp"
#include "cli/wallet_text.hpp"
#include "host/file_error.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"NAME", "What the wallet is called: 1 to 128 characters"}};
constexpr Option kOptions[] = {
    {.name = "mnemonic", .type = ValueType::Flag, .help = "Ask for a mnemonic phrase of 12, 15, 18, 21 or 24 words"},
    {.name = "private-key-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with a private key: 64 hexadecimal digits, with or without 0x",
     .secret = true},
    {.name = "index",
     .placeholder = "N",
     .help = "Number of the account in the phrase's tree; only with --mnemonic",
     .fallback = "0",
     .needs = "mnemonic"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the wallet as JSON"},
};

constexpr std::size_t kLargestKeyFile = 4096;

Task<Secret> readKey(std::string path, host::Files& files) {
  try {
    co_return Secret(co_await files.read(path, kLargestKeyFile));
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "--private-key-file", failure);
  }
}

Json schemaOfResult() { return walletSchema(); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const auto path = arguments.find("private-key-file");
  if (arguments.has("mnemonic") == path.has_value()) {
    throw inputError("USAGE",
                     path ? "--mnemonic and --private-key-file do not go together" : "what to import is missing",
                     "Give --mnemonic or --private-key-file PATH");
  }
  app::ImportWalletRequest request{.name = arguments.positional(0),
                                   .mnemonic = !path,
                                   .index = arguments.find("index").value_or("0"),
                                   .privateKeySource = "--private-key-file"};
  if (path) {
    request.privateKey = co_await readKey(*path, caller.host.files);
    co_await warnOfExposure(arguments, "private-key-file", caller);
  }
  const vault::Wallet wallet = co_await app::importWallet(std::move(request), std::move(caller));
  output.done("wallet '" + printable(wallet.name) + "' is kept; peaqos wallet show " + wallet.id + " shows it");
  arguments.has("json") ? output.json(app::toJson(wallet)) : output.result(newWalletText(wallet, "imported") + "\n");
}

constexpr std::string_view kExamples[] = {"peaqos wallet import robot-7 --mnemonic",
                                          "peaqos wallet import robot-8 --private-key-file key.txt"};

}  // namespace

const Command kWalletImport = {
    .path = "wallet import",
    .summary = "Keep a mnemonic phrase or a private key as a wallet",
    .details =
        "The phrase is typed, not shown; capitals and extra blanks do not matter. The wallet is encrypted under a "
        "passphrase that is asked for twice, or taken from OWS_PASSPHRASE. With a private key, the chains that use "
        "Ed25519 get a second, random key.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
