// peaqos init
// SPDX-License-Identifier: Apache-2.0
#include "app/settings/init.hpp"

#include <optional>

#include "app/failure.hpp"
#include "cli/command.hpp"
#include "cli/schema.hpp"
#include "cli/whoami_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "non-interactive",
     .type = ValueType::Flag,
     .help = "Ask nothing: take every value from the environment or the network's defaults"},
    {.name = "force", .type = ValueType::Flag, .help = "Replace an existing .env without asking"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the file's path and what whoami shows as JSON"},
};

// The new settings' first use. A failure is told, but the file is written all the same.
Task<std::optional<app::WhoAmI>> verify(app::Caller caller) {
  caller.conversation.progress({.name = "verification", .state = "started"});
  std::exception_ptr thrown;
  try {
    co_return co_await app::whoami(caller);
  } catch (...) {
    thrown = std::current_exception();
  }
  const Error error = app::errorFrom(thrown);
  if (error.kind == ErrorKind::Interrupted) throw error;
  const std::string text = error.message + ". " + (error.hint.empty() ? "Check .env" : error.hint);
  caller.conversation.progress({.name = "verification", .state = "failed", .facts = {{"text", text}}});
  co_return std::nullopt;
}

Json schemaOfResult() { return objectSchema({{"path", {{"type", "string"}}}, {"whoami", orNull(whoamiSchema())}}); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string path = co_await app::initialise(
      {.nonInteractive = arguments.has("non-interactive"), .force = arguments.has("force")}, caller);
  const bool json = arguments.has("json");
  output.done(path + " is written");
  if (!json) output.result("  Config: .env written to " + path + "\n");
  const auto me = co_await verify(caller);
  if (json) {
    output.json({{"path", path}, {"whoami", me ? app::toJson(*me) : Json(nullptr)}});
  } else if (me) {
    output.result(whoamiText(*me));
  }
}

constexpr std::string_view kExamples[] = {"peaqos init",
                                          "PEAQOS_NETWORK=testnet peaqos init --non-interactive --force"};

}  // namespace

const Command kInit = {
    .path = "init",
    .summary = "Write a .env with the settings that the other commands need",
    .details =
        "Asks for the network, the private key, the URLs of its services, the Event Registry and the Machine Market; "
        "an empty answer takes the value in brackets. Contracts are written where they were chosen, by an answer or a "
        "variable: without them the chain says which generation is meant. The file is private (0600). At its end, "
        "whoami shows whether the settings work.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
