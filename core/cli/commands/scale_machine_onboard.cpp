// peaqos scale machine onboard
// SPDX-License-Identifier: Apache-2.0
#include "app/market/onboard_machine.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/input_files.hpp"
#include "cli/layout.hpp"
#include "cli/market_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "cli/value_lists.hpp"
#include "market/shapes.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "identity-ref",
     .placeholder = "REF",
     .help = "Who the machine is: did:peaq:0x..., or peaqos:machine:ID",
     .required = true},
    {.name = "display-name", .placeholder = "NAME", .help = "How people call the machine", .required = true},
    {.name = "owner-id", .placeholder = "ID", .help = "Its owner in the Machine Market", .required = true},
    {.name = "machine-type", .placeholder = "TYPE", .help = "What kind of machine it is", .required = true},
    {.name = "runtime-profile", .placeholder = "NAME", .help = "What its agents run on", .required = true},
    {.name = "capabilities", .placeholder = "A,B", .help = "What it can do"},
    {.name = "skill-keys", .placeholder = "A,B", .help = "Skills that it may use"},
    {.name = "labels", .placeholder = "K=V,...", .help = "Labels to find it by"},
    {.name = "identity-signature-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the signature of the challenge, made elsewhere; it is read once the challenge is shown",
     .use = FileUse::Read},
    {.name = "identity-key-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the private key of a controller of the identity, 64 hexadecimal digits with or without 0x",
     .secret = true},
    {.name = "skip-activate", .type = ValueType::Flag, .help = "Leave the machine a draft"},
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Register without asking first"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the machine as JSON; implies --yes"},
};

std::string render(const Json& machine, bool skipActivate) {
  const std::string id = textOf(machine, "id");
  return "\nMachine onboarded successfully (" + std::string(skipActivate ? "draft" : "active") + ").\n\n" +
         pairs({{"Machine ID", id},
                {"Identity", shortIdentity(machine, "identity_ref")},
                {"Status", textOf(machine, "status")},
                {"Name", textOf(machine, "display_name")}},
               2) +
         "\n  Next: peaqos scale agent pair --machine-id " + shellWord(id) + "\n";
}

Json schemaOfResult() { return objectSchema(market::machineFields()); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const bool json = arguments.has("json");
  app::OnboardRequest request{.identityRef = arguments.get("identity-ref"),
                              .displayName = arguments.get("display-name"),
                              .ownerId = arguments.get("owner-id"),
                              .machineType = arguments.get("machine-type"),
                              .runtimeProfile = arguments.get("runtime-profile"),
                              .capabilities = commaList(arguments.get("capabilities")),
                              .skillKeys = commaList(arguments.get("skill-keys")),
                              .labels = keyValueList(arguments.get("labels"), "labels"),
                              .signatureFile = arguments.find("identity-signature-file"),
                              .skipActivate = arguments.has("skip-activate"),
                              .yes = json || arguments.has("yes"),
                              .unattended = json};
  if (auto key = co_await readOptionLine(arguments, "identity-key-file", caller)) {
    request.identityKey = std::move(key);
    request.identityKeySource = fileName(arguments, "identity-key-file");
    request.identityKeyFile = arguments.get("identity-key-file");
  }
  const auto machine = co_await app::onboardMachine(std::move(request), caller);
  if (!machine) {
    caller.conversation.progress({.name = "declined", .state = "nothing_done"});
    co_return;
  }
  output.done("machine " + textOf(*machine, "id") + " is onboarded");
  json ? output.json(*machine) : output.result(render(*machine, arguments.has("skip-activate")));
}

constexpr std::string_view kExamples[] = {
    "peaqos scale machine onboard --identity-ref did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5 --display-name "
    "rover-014 --owner-id op_xyz --machine-type qvac --runtime-profile machine-runtime-agent --identity-key-file "
    "./controller.key"};

}  // namespace

const Command kScaleMachineOnboard = {
    .path = "scale machine onboard",
    .summary = "Bring a machine into the Machine Market",
    .details =
        "The Machine Market sends a challenge, which a controller of the identity signs: with --identity-key-file "
        "here, with --identity-signature-file elsewhere, with the OWS wallet that PEAQOS_OWS_WALLET names, or by "
        "pasting a signature. The challenge is shown on stderr, also with --json; the signature file is read after "
        "that, so it may be a pipe. The machine must be activated in peaqOS before (peaqos activate).",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes};

}  // namespace peaqos::cli
