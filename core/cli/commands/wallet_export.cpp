// peaqos wallet export
// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallets.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"NAME_OR_ID", "The wallet: its exact name, or its whole ID"}};

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the secret as JSON, {\"secret\": ...}"},
};

constexpr peaq::Field kResult[] = {{.name = "secret", .type = peaq::FieldType::NonEmptyText}};

Json schemaOfResult() { return objectSchema(kResult); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const vault::Wallet wallet = co_await app::showWallet(arguments.positional(0), caller);
  const std::string name = "'" + printable(wallet.name) + "'";
  const bool agreed = co_await host::confirm(
      caller.conversation,
      {.name = "export", .text = "The secret of wallet " + name + " will be shown in the clear. Continue?"});
  if (!agreed) throw inputError("DECLINED", "Aborted! The secret of wallet " + name + " was not shown");
  // By its id: another wallet of this name may have come meanwhile.
  const Secret secret = co_await app::exportWallet(wallet.id, caller);
  caller.conversation.progress(
      {.name = "export",
       .state = "warning",
       .facts = {{"text", "whoever has this secret has everything that its addresses own; nobody can take it back"}}});
  if (arguments.has("json")) {
    output.json({{"secret", asText(secret.expose())}});
    co_return;
  }
  output.result({reinterpret_cast<const char*>(secret.expose().data()), secret.expose().size()});
  output.result("\n");
}

constexpr std::string_view kExamples[] = {"peaqos wallet export robot-7", "peaqos wallet export robot-7 > phrase.txt"};

}  // namespace

const Command kWalletExport = {
    .path = "wallet export",
    .summary = "Print the secret of a wallet",
    .details =
        "Asks whether you mean it, then for the passphrase (or takes OWS_PASSPHRASE). Prints one line: the mnemonic "
        "phrase, or for a wallet made from a private key the JSON text of its two keys.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads,
    .personal = true};

}  // namespace peaqos::cli
