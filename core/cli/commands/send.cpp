// peaqos send
// SPDX-License-Identifier: Apache-2.0
#include "app/signing/offline.hpp"
#include "cli/command.hpp"
#include "cli/offline_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"FILE", "A file that peaqos sign has signed"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the transaction as JSON"},
};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json sent = co_await app::sendFile(arguments.positional(0), std::move(caller));
  output.done("the transaction is in a block, " + textOrEmpty(sent, "txHash"));
  const bool earlier = sent["earlier"].get<bool>();
  arguments.has("json") ? output.json(sent)
                        : output.result((earlier ? "Sent by an earlier run.\n" : "Sent.\n") + offlineText(sent));
}

Json schemaOfResult() { return offlineSchema(true); }

constexpr std::string_view kExamples[] = {"peaqos send event.json"};

}  // namespace

const Command kSend = {
    .path = "send",
    .summary = "Send a signed transaction, once",
    .details =
        "The transaction is in peaqos.log before its bytes leave. Running it again sends nothing twice: it looks for "
        "what became of them. The policy is obeyed here as well. No key is needed.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Pays,
    .personal = true};

}  // namespace peaqos::cli
