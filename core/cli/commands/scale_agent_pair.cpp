// peaqos scale agent pair
// SPDX-License-Identifier: Apache-2.0
#include "app/pair_agent.hpp"

#include <cctype>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/market_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "cli/value_lists.hpp"
#include "host/file_error.hpp"
#include "market/shapes.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "machine-id", .placeholder = "ID", .help = "The machine that the agent acts for", .required = true},
    {.name = "agent-address", .placeholder = "ADDRESS", .help = "The agent's account", .required = true},
    {.name = "agent-provider", .placeholder = "NAME", .help = "Who runs the agent", .required = true},
    {.name = "agent-role", .placeholder = "NAME", .help = "What it does, e.g. machine-market-buyer", .required = true},
    {.name = "agent-did", .placeholder = "DID", .help = "The agent's DID"},
    {.name = "agent-signature-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the agent's signature of the challenge; it is read once the challenge is shown",
     .use = FileUse::Read},
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
     .help = "Print the pairing as JSON; implies --yes and needs --agent-signature-file"},
};

void addKnown(Pairs& rows, const char* label, const Json& object, const char* member) {
  if (!object[member].is_null()) rows.emplace_back(label, textOf(object, member));
}

std::string render(const Json& pairing) {
  const Json& policy = pairing["delegation_policy"];
  Pairs rows{{"Pairing ID", textOf(pairing, "id")},
             {"Machine ID", textOf(pairing, "machine_id")},
             {"Agent", shortIdentity(pairing, "agent_address")},
             {"Provider", textOf(pairing, "agent_provider")},
             {"Role", textOf(pairing, "agent_role")},
             {"Per-tx limit", money(policy["per_transaction_limit"], policy["currency"])},
             {"Daily limit", money(policy["daily_spend_limit"], policy["currency"])}};
  addKnown(rows, "Agent DID", pairing, "agent_did");
  addKnown(rows, "Session ID", pairing, "session_id");
  addKnown(rows, "Session Expires", pairing, "session_expires_at");
  if (const Json& verified = pairing["verification"]; !verified.is_null()) {
    rows.emplace_back("Verification", textOf(verified, "method") + " by " + textOf(verified, "signer_address"));
  }
  if (!pairing["token_last_four"].is_null())
    rows.emplace_back("Token hint", "..." + textOf(pairing, "token_last_four"));
  std::string out = "\nAgent paired successfully.\n\n" + pairs(rows, 2);
  if (pairing["pairing_token"].is_null()) return out;
  return out + "\n  !! Pairing token (shown once — store securely):\n  " + printable(textOf(pairing, "pairing_token")) +
         "\n";
}

// The API shows a token once. One that could not be printed is kept in a private file; returns a clause about that.
Task<std::string> keepToken(Json pairing, host::Files& files) {
  if (pairing["pairing_token"].is_null()) co_return std::string();
  std::string name = "agent-";
  for (const char c : textOf(pairing, "id")) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
  name += ".token";
  const std::string token = textOf(pairing, "pairing_token") + "\n";
  try {
    co_await files.createNew(name, asBytes(token), 0600);
  } catch (const host::FileError& failure) {
    co_return "; its token is lost, for '" + name + "' could not be written either (" +
        std::string(host::reason(failure.failure)) + "): revoke the pairing and pair again";
  }
  co_return "; its token is kept in " + printable(files.absolute(name));
}

Json schemaOfResult() { return objectSchema(market::pairingFields()); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const bool json = arguments.has("json");
  app::PairRequest request{.machineId = arguments.get("machine-id"),
                           .agent = {.address = arguments.get("agent-address"),
                                     .provider = arguments.get("agent-provider"),
                                     .role = arguments.get("agent-role"),
                                     .did = arguments.find("agent-did")},
                           .signatureFile = arguments.find("agent-signature-file"),
                           .description = arguments.find("description"),
                           .perTransactionLimit = arguments.find("per-tx-limit"),
                           .dailySpendLimit = arguments.find("daily-limit"),
                           .currency = arguments.find("currency"),
                           .allowedSkills = commaList(arguments.get("allowed-skills")),
                           .deniedSkills = commaList(arguments.get("denied-skills")),
                           .allowedServices = commaList(arguments.get("allowed-service-ids")),
                           .deniedServices = commaList(arguments.get("denied-service-ids")),
                           .yes = json || arguments.has("yes"),
                           .unattended = json};
  const auto pairing = co_await app::pairAgent(std::move(request), caller);
  if (!pairing) {
    caller.conversation.progress({.name = "declined", .state = "nothing_done"});
    co_return;
  }
  output.done("agent pairing " + textOf(*pairing, "id") + " is made");
  std::optional<Error> lost;
  try {
    json ? output.json(*pairing) : output.result(render(*pairing));
  } catch (const Error& error) {
    lost = error;
  }
  if (!lost) co_return;
  lost->hint += co_await keepToken(*pairing, caller.host.files);
  throw std::move(*lost);
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
        "The pairing token that comes back is shown once: keep it in a file that only you can read.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes,
    .personal = true};

}  // namespace peaqos::cli
