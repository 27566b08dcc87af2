// peaqos scale agent refresh
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "cli/commands/scale_agent.hpp"
#include "cli/mcr_text.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"PAIRING_ID", "The pairing, as scale agent pair printed it"}};
constexpr Option kOptions[] = {
    {.name = "machine-id", .placeholder = "ID", .help = "The machine that the agent acts for", .required = true},
    kAgentAddressOption,
    kAgentProviderOption,
    kAgentRoleOption,
    kAgentDidOption,
    kAgentSignatureOption,
    kAgentKeyOption,
    {.name = "json",
     .type = ValueType::Flag,
     .help = "Print the pairing as JSON; needs --agent-signature-file or --agent-key-file"},
};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::SessionRequest request{.machineId = arguments.get("machine-id"),
                              .agentPairingId = arguments.positional(0),
                              .agent = agentOf(arguments),
                              .proof = co_await proofOf(arguments, caller)};
  Json pairing = co_await app::createAgentPairingSession(std::move(request), caller);
  output.done("agent pairing " + textOf(pairing, "id") + " has a new token");
  co_await showPairing(std::move(pairing), "The pairing has a new token; the old one has ended.", std::move(arguments),
                       std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos scale agent refresh pair_7c9e6679 --machine-id mach_61f043950cf1 --agent-provider teneo --agent-role "
    "machine-market-buyer --agent-key-file agent.key --json | (umask 077; jq -r .pairing_token > agent.token)"};

}  // namespace

const Command kScaleAgentRefresh = {
    .path = "scale agent refresh",
    .summary = "Give a pairing a new token; the old one ends",
    .details =
        "For a token that has expired or may have been seen. The agent signs a fresh challenge, as for scale agent "
        "pair; the pairing and its limits stay as they are. The new token is shown once: keep it in a file that only "
        "you can read.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = pairingSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
