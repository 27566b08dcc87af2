// peaqos sign
// SPDX-License-Identifier: Apache-2.0
#include "app/signing/offline.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/offline_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"FILE", "A file that --unsigned has written"}};
constexpr Option kOptions[] = {
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Sign without asking first"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the transaction as JSON"},
};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string file = arguments.positional(0);
  const auto made = co_await app::signFile(file, arguments.has("yes"), std::move(caller));
  if (!made) throw inputError("DECLINED", "Aborted! Nothing was signed");
  output.done("file '" + printable(file) + "' is signed");
  const bool earlier = (*made)["earlier"].get<bool>();
  arguments.has("json") ? output.json(*made)
                        : output.result(std::string(earlier ? "Signed before, not yet sent by this.\n" : "Signed.\n") +
                                        offlineText(*made) + "Send it: peaqos send " + printable(file) + "\n");
}

Json schemaOfResult() { return offlineSchema(true); }

constexpr std::string_view kExamples[] = {"peaqos sign event.json"};

}  // namespace

const Command kSign = {
    .path = "sign",
    .summary = "Sign a prepared transaction, without a network",
    .details =
        "Shows what the bytes in the file do, whatever else the file says of them, asks, and adds the signed bytes "
        "to the file. It makes no request, refuses a transaction of another network than PEAQOS_NETWORK or of "
        "another account than the configured one, and obeys the policy. `peaqos send` sends the file later, maybe "
        "from elsewhere.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Pays,
    .personal = true};

}  // namespace peaqos::cli
