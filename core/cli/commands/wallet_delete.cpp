// peaqos wallet delete
// SPDX-License-Identifier: Apache-2.0
#include "app/wallets.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"NAME_OR_ID", "The wallet: its exact name, or its whole ID"}};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& typed = arguments.positional(0);
  const vault::Wallet wallet = co_await app::showWallet(typed, caller);
  const std::string name = "'" + printable(wallet.name) + "'";
  const bool agreed = co_await host::confirm(
      caller.conversation, {.name = "delete",
                            .text = "Wallet " + name + " (" + printable(app::peaqAddress(wallet)) +
                                    ") will be gone for good; without a copy of its secret, so is what it owns. "
                                    "Delete it?"});
  if (!agreed) throw inputError("DECLINED", "Aborted! Wallet " + name + " was left as it is");
  co_await app::deleteWallet(wallet.id, caller);
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
                               .options = {},
                               .examples = kExamples,
                               .run = run};

}  // namespace peaqos::cli
