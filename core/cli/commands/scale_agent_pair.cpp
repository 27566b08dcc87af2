// peaqos scale agent pair
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "cli/commands/scale_agent.hpp"
#include "cli/mcr_text.hpp"
#include "cli/value_lists.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "machine-id", .placeholder = "ID", .help = "The machine that the agent acts for", .required = true},
    kAgentAddressOption,
    kAgentProviderOption,
    kAgentRoleOption,
    kAgentDidOption,
    kAgentSignatureOption,
    kAgentKeyOption,
    {.name = "description", .placeholder = "TEXT", .help = "A note about the pairing"},
    {.name = "per-tx-limit",
     .type = ValueType::Number,
     .placeholder = "N",
     .help = "Most that one order may cost",
     .unit = "currency"},
    {.name = "daily-limit",
     .type = ValueType::Number,
     .placeholder = "N",
     .help = "Most that a day's orders may cost",
     .unit = "currency"},
    {.name = "currency", .placeholder = "CODE", .help = "Currency of the limits, e.g. USD"},
    {.name = "allowed-skills", .placeholder = "A,B", .help = "Only these skills may be bought"},
    {.name = "denied-skills", .placeholder = "A,B", .help = "Never these"},
    {.name = "allowed-service-ids", .placeholder = "A,B", .help = "Only these services may be bought"},
    {.name = "denied-service-ids", .placeholder = "A,B", .help = "Never these"},
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Pair without asking first"},
    {.name = "json",
     .type = ValueType::Flag,
     .help = "Print the pairing as JSON; implies --yes and needs --agent-signature-file or --agent-key-file"},
};

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const bool json = arguments.has("json");
  app::PairRequest request{.machineId = arguments.get("machine-id"),
                           .agent = agentOf(arguments),
                           .proof = co_await proofOf(arguments, caller),
                           .description = arguments.find("description"),
                           .perTransactionLimit = arguments.find("per-tx-limit"),
                           .dailySpendLimit = arguments.find("daily-limit"),
                           .currency = arguments.find("currency"),
                           .allowedSkills = commaList(arguments.get("allowed-skills")),
                           .deniedSkills = commaList(arguments.get("denied-skills")),
                           .allowedServices = commaList(arguments.get("allowed-service-ids")),
                           .deniedServices = commaList(arguments.get("denied-service-ids")),
                           .yes = json || arguments.has("yes")};
  const auto pairing = co_await app::pairAgent(std::move(request), caller);
  if (!pairing) {
    caller.conversation.progress({.name = "declined", .state = "nothing_done"});
    co_return;
  }
  output.done("agent pairing " + textOf(*pairing, "id") + " is made");
  co_await showPairing(*pairing, "Agent paired successfully.", std::move(arguments), std::move(caller), output);
}

constexpr std::string_view kExamples[] = {
    "peaqos scale agent pair --machine-id mach_61f043950cf1 --agent-address 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 "
    "--agent-provider teneo --agent-role machine-market-buyer --per-tx-limit 5 --daily-limit 20 --currency USD",
    "peaqos scale agent pair ... --agent-signature-file agent.sig --json | (umask 077; jq -r .pairing_token > "
    "agent.token)"};

}  // namespace

const Command kScaleAgentPair = {
    .path = "scale agent pair",
    .summary = "Let an agent buy services for a machine",
    .details =
        "The Machine Market sends a challenge, which the agent signs with the key of --agent-address (EIP-191). The "
        "challenge is shown on stderr, also with --json; the signature file is read after that, so it may be a pipe. "
        "With --agent-key-file it is signed here, and nobody is needed. "
        "The pairing token that comes back is shown once: keep it in a file that only you can read.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = pairingSchema,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
