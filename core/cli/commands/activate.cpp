// peaqos activate
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/activate_machine.hpp"

#include "app/machine/plan_activation.hpp"
#include "base/text.hpp"
#include "cli/activation_text.hpp"
#include "cli/command.hpp"
#include "cli/commands/activate_fleet.hpp"
#include "cli/input_files.hpp"
#include "cli/layout.hpp"
#include "cli/plan_text.hpp"
#include "cli/schema.hpp"
#include "host/file_error.hpp"
#include "peaq/did.hpp"

namespace peaqos::cli {
namespace {

constexpr std::string_view kVisibilities[] = {"public", "private", "onchain"};

constexpr std::string_view kPayments[] = {"peaq", "usdt"};

constexpr Option kOptions[] = {
    {.name = "doc-url",
     .placeholder = "URL",
     .help = "Documentation of the machine, written to its DID; required in generation 1"},
    {.name = "data-api",
     .placeholder = "URL",
     .help = "Raw data API of the machine, written to its DID; required in generation 1"},
    {.name = "visibility",
     .type = ValueType::Choice,
     .help = "Who may see the machine's data; an existing DID keeps its own without this option",
     .choices = kVisibilities,
     .fallback = "public"},
    {.name = "for",
     .placeholder = "ADDRESS",
     .help =
         "Activate this machine; needs --machine-key. Generation 1: you pay and operate it. Generation 2: it signs, "
         "owns itself and pays, and you control it",
     .needs = "machine-key"},
    {.name = "machine-key",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the private key of the machine, 64 hexadecimal digits with or without 0x",
     .secret = true},
    {.name = "machine-type", .placeholder = "TEXT", .help = "Generation 2: what kind of machine it is; part of its ID"},
    {.name = "credential-subject-hex",
     .placeholder = "HEX",
     .help = "Generation 2: what tells it from others of its type, such as its public key; part of its ID, public, and "
             "for ever (default: the owner's address)"},
    {.name = "manufacturer", .placeholder = "ADDRESS", .help = "Generation 2: who made it (default: the owner)"},
    {.name = "tier",
     .type = ValueType::Choice,
     .help = "Generation 2: what its subscription is worth",
     .choices = peaq::v2::kTiers,
     .fallback = "entry"},
    {.name = "did-document",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "Generation 2: JSON file with verificationMethods, authentication and serviceEndpoints (default: the "
             "owner's key, and what --doc-url, --data-api and --visibility say)",
     .use = FileUse::Read},
    {.name = "payment",
     .type = ValueType::Choice,
     .help = "Generation 2: what the bond is paid in",
     .choices = kPayments,
     .fallback = "peaq"},
    {.name = "slippage-bps",
     .type = ValueType::Integer,
     .placeholder = "N",
     .help = "Generation 2, with --payment usdt: how much dearer it may become, in hundredths of a percent"},
    {.name = "skip-funding", .type = ValueType::Flag, .help = "Skip steps 1 to 3: balance check, 2FA, Gas Station"},
    kFleetOption,
    kGasPerMachineOption,
    kFleetResultsOption,
    kFleetStrictOption,
    kPlanOption,
    {.name = "dry-run", .type = ValueType::Flag, .help = "Generation 2: show the plan and its price, and send nothing"},
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Do not ask before money is spent"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the machine's IDs as JSON"},
    kMaxFeeOption,
};

std::string render(const peaq::ActivationResult& result) {
  Pairs rows{{"Machine ID", result.machineId.toDecimal()},
             {"Token ID", result.tokenId.toDecimal()},
             {"Machine DID", peaq::didOf(result.machine)}};
  if (!result.proxyOperator) return "\nMachine activated successfully.\n" + pairs(rows, 2);
  rows.insert(rows.begin(), {"Machine Address", evm::toChecksum(result.machine)});
  rows.emplace_back("Operator DID", peaq::didOf(*result.proxyOperator));
  return "\nMachine activated successfully (proxy-managed).\n" + pairs(rows, 2);
}

constexpr std::size_t kLargestKeyFile = 4096;

// The key's text without the blanks and line ends around it.
Task<std::optional<Secret>> readKey(std::optional<std::string> path, host::Files& files) {
  if (!path) co_return std::nullopt;
  try {
    const Secret content(co_await files.read(*path, kLargestKeyFile));
    const std::string_view text(reinterpret_cast<const char*>(content.expose().data()), content.expose().size());
    co_return Secret(asBytes(trim(text)));
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Configuration, "--machine-key file", failure);
  }
}

Json schemaOfResult() {
  return eitherSchema(eitherSchema(firstActivationFields(), secondActivationFields()), fleetLineSchema());
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  if (arguments.has("fleet")) {
    co_await runFleet(std::move(arguments), std::move(caller), output);
    co_return;
  }
  auto key = co_await readKey(arguments.find("machine-key"), caller.host.files);
  if (key) co_await warnOfExposure(arguments, "machine-key", caller);
  app::ActivateMachineRequest request{
      .docUrl = arguments.find("doc-url"),
      .dataApi = arguments.find("data-api"),
      .visibility = arguments.find("visibility"),
      .machine = arguments.find("for"),
      .machineKey = std::move(key),
      .machineKeySource = "--machine-key file '" + printable(arguments.get("machine-key")) + "'",
      .skipFunding = arguments.has("skip-funding"),
      .machineType = arguments.find("machine-type"),
      .credentialSubject = arguments.find("credential-subject-hex"),
      .manufacturer = arguments.find("manufacturer"),
      .tier = arguments.find("tier"),
      .payment = arguments.find("payment"),
      .slippageBps = arguments.find("slippage-bps"),
      .didDocument = co_await readOptionText(arguments, "did-document", caller.host.files),
      .didDocumentSource = fileName(arguments, "did-document"),
      .dryRun = arguments.has("dry-run"),
      .yes = arguments.has("yes")};
  if (arguments.has("plan")) {
    showPlan(co_await app::planActivateMachine(std::move(request), std::move(caller)), arguments, output);
    co_return;
  }
  const app::ActivateMachineResult result = co_await app::activateMachine(std::move(request), std::move(caller));
  const auto* first = std::get_if<peaq::ActivationResult>(&result);
  const auto* second = std::get_if<peaq::v2::Activation>(&result);
  if (first) output.done("machine " + first->machineId.toDecimal() + " is activated");
  if (second && second->transaction) output.done("machine " + second->machineId.toDecimal() + " is activated");
  arguments.has("json") ? output.json(app::toJson(result))
                        : output.result(first ? render(*first) : activationText(*second));
}

constexpr std::string_view kExamples[] = {
    "peaqos activate --doc-url https://example.com/docs --data-api https://example.com/events",
    "peaqos activate --for 0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5 --machine-key ./machine.key --doc-url "
    "https://example.com/docs --data-api https://example.com/events",
    "peaqos activate --fleet machines.csv --gas-per-machine 0.1 --results results.jsonl",
    "peaqos activate --machine-type Sensor --credential-subject-hex 0xdeadbeef --did-document did.json --yes"};

}  // namespace

const Command kActivate = {
    .path = "activate",
    .summary = "Activate a machine: its ID, its bond and its DID",
    .details =
        "Which contracts are meant follows from PEAQOS_DEPLOYMENT_ID, or from what the chain has. Generation 1: six "
        "steps register the machine with a bond of 1 PEAQ, mint its NFT and write its DID. Generation 2: one "
        "transaction, after a plan that says who signs, owns, pays and controls, and what the bond costs. Either way "
        "the chain is looked at first and only what is missing is done, so running it again is always safe. What was "
        "sent is kept in peaqos.log in the current directory. Its steps follow each other's ends, so it has no "
        "--unsigned.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Pays};

}  // namespace peaqos::cli
