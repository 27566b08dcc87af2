// peaqos wallet delete
// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/wallets.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/plan_text.hpp"
#include "cli/schema.hpp"
#include "cli/wallet_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"NAME_OR_ID", "The wallet: its exact name, or its whole ID"}};

constexpr Option kOptions[] = {
    kPlanOption,
    {.name = "json", .type = ValueType::Flag, .help = "Print the wallet that was deleted as JSON"},
};

Json schemaOfResult() { return walletSchema(); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& typed = arguments.positional(0);
  if (arguments.has("plan")) {
    showPlan(co_await app::planWalletDeletion(typed, std::move(caller)), arguments, output);
    co_return;
  }
  const vault::Wallet wallet = co_await app::showWallet(typed, caller);
  const std::string name = "'" + printable(wallet.name) + "'";
  const bool agreed = co_await host::confirm(
      caller.conversation, {.name = "delete",
                            .text = "Wallet " + name + " (" + printable(app::peaqAddress(wallet)) +
                                    ") will be gone for good; without a copy of its secret, so is what it owns. "
                                    "Delete it?"});
  if (!agreed) throw inputError("DECLINED", "Aborted! Wallet " + name + " was left as it is");
  const vault::Wallet deleted = co_await app::deleteWallet(wallet.id, caller);
  output.done("wallet " + name + " is deleted");
  if (arguments.has("json")) {
    output.json(app::toJson(deleted));
    co_return;
  }
  output.result("\n  Wallet '" + printable(typed) + "' deleted.\n");
}

constexpr std::string_view kExamples[] = {"peaqos wallet delete robot-7"};

}  // namespace

const Command kWalletDelete = {.path = "wallet delete",
                               .summary = "Remove a wallet for good",
                               .details =
                                   "Asks whether you mean it; needs no passphrase. The file is overwritten before it "
                                   "is removed. Solid-state disks, "
                                   "snapshots and copy-on-write file systems may keep old blocks all the same.",
                               .arguments = kArguments,
                               .options = kOptions,
                               .examples = kExamples,
                               .run = run,
                               .result = schemaOfResult,
                               .effect = Effect::Writes,
                               .personal = true};

}  // namespace peaqos::cli
