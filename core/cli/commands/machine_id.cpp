// peaqos machine id
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/identity.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "machine-type", .placeholder = "TEXT", .help = "What kind of machine it is", .required = true},
    {.name = "credential-subject-hex",
     .placeholder = "HEX",
     .help = "What tells it from others of its type, e.g. its public key: 0x and digits",
     .required = true},
    {.name = "json", .type = ValueType::Flag, .help = "Print the ID as JSON"},
};

Json schemaOfResult() {
  const Json text{{"type", "string"}};
  return objectSchema(
      {{"machine_id", text}, {"hex", text}, {"did", text}, {"machine_type", text}, {"credential_subject", text}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json identity =
      app::machineIdentity(arguments.get("machine-type"), arguments.get("credential-subject-hex"), caller);
  arguments.has("json") ? output.json(identity)
                        : output.result(pairs({{"Machine ID", textOf(identity, "machine_id")},
                                               {"Hex", textOf(identity, "hex")},
                                               {"DID", textOf(identity, "did")}},
                                              0));
  co_return;
}

constexpr std::string_view kExamples[] = {
    "peaqos machine id --machine-type Sensor --credential-subject-hex 0xdeadbeef"};

}  // namespace

const Command kMachineId = {
    .path = "machine id",
    .summary = "Compute the ID and the DID that a machine of generation 2 has",
    .details = "Needs neither a node nor a key: the ID follows from type and credential subject.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
