// peaqos mcp
// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "cli/command.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "pairing-token-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with an agent's pairing token alone in it, for tools that search and order",
     .secret = true},
};

Task<void> run(Arguments arguments, app::Caller, Output& output) {
  host::AgentServer* server = output.agents();
  if (!server) {
    throw inputError("NO_AGENT_SERVER", "Agents cannot be served from here",
                     "Use the command of the npm package: npx peaqos mcp");
  }
  co_await server->serve({.pairingTokenFile = arguments.find("pairing-token-file")});
}

constexpr std::string_view kExamples[] = {"peaqos mcp", "peaqos mcp --pairing-token-file ~/.peaqos/agent.token"};

}  // namespace

const Command kMcp = {
    .path = "mcp",
    .summary = "Serve agents over the Model Context Protocol",
    .details =
        "Speaks the protocol on standard input and output, for a client that starts it in the folder it is to work "
        "in. Each command that an agent may use is a tool. A tool that writes only plans; confirm_plan carries a plan "
        "out, once, asks you before where the client can, and spends nothing unless PEAQOS_POLICY names a policy. "
        "Secrets are in no tool. It ends with its input.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .effect = Effect::Pays,
    .personal = true};

}  // namespace peaqos::cli
