// peaqos show operator machines
// SPDX-License-Identifier: Apache-2.0
#include "app/machine_queries.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "peaq/did.hpp"
#include "peaq/mcr_api.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"DID", "The operator: did:peaq:0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the whole list as JSON"},
};

std::string render(const std::string& did, const Json& fleet) {
  const Json& machines = fleet["machines"];
  std::string out = "\n  Operator: " + did + "\n  Machines: " + std::to_string(machines.size()) + "\n\n";
  if (machines.empty()) return out + "    No machines registered for this operator.\n\n";
  std::vector<std::vector<std::string>> rows;
  rows.reserve(machines.size());
  for (const Json& machine : machines) {
    rows.push_back({peaq::shortDid(textOf(machine, "did")), textOf(machine, "machine_id"), textOf(machine, "mcr_score"),
                    textOf(machine, "mcr")});
  }
  return out + table({"peaqID", "Machine ID", "MCR", "Rating"}, rows) + "\n";
}

Json schemaOfResult() {
  Json fleet = objectSchema(peaq::fleetFields());
  fleet["properties"]["machines"] =
      listSchema(eitherSchema(objectSchema(peaq::fleetMachineFields(peaq::Generation::First)),
                              objectSchema(peaq::fleetMachineFields(peaq::Generation::Second))));
  fleet["properties"]["pagination"] = objectSchema(peaq::paginationFields());
  return fleet;
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& did = arguments.positional(0);
  const Json fleet = co_await app::queryOperatorMachines(did, std::move(caller));
  output.result(arguments.has("json") ? dumpJson(fleet, 2) + "\n" : render(did, fleet));
}

constexpr std::string_view kExamples[] = {
    "peaqos show operator machines did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5",
    "peaqos show operator machines did:peaq:0x9a5F... --json | jq '.machines[] | select(.mcr_score < 50)'"};

}  // namespace

const Command kShowOperatorMachines = {
    .path = "show operator machines",
    .summary = "List the machines of an operator with their ratings",
    .details = "Asks the MCR API for every page of the list; needs neither a key nor a node.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
