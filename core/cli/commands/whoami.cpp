// peaqos whoami
// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/whoami_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print it as JSON"},
};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const app::WhoAmI me = co_await app::whoami(std::move(caller));
  arguments.has("json") ? output.json(app::toJson(me)) : output.result(whoamiText(me));
}

constexpr std::string_view kExamples[] = {"peaqos whoami"};

}  // namespace

const Command kWhoami = {
    .path = "whoami",
    .summary = "Show who signs, the network, its URLs and contracts",
    .details = "Reads the configuration and asks the node for its chain ID. Nothing is sent or changed.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = whoamiSchema,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
