// peaqos scale machine list
// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_queries.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/market_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "market/shapes.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the list as JSON, with the cursor of what follows"},
};

std::string render(const Json& page) {
  const Json& machines = page["items"];
  const std::string more =
      page["next_cursor"].is_null() ? "" : "\nThe Machine Market has more: this is the first page of its list.\n";
  if (machines.empty()) return "\nNo machines found.\n" + more;
  std::vector<std::vector<std::string>> rows;
  rows.reserve(machines.size());
  for (const Json& machine : machines) {
    rows.push_back({textOf(machine, "id"), textOf(machine, "display_name"), textOf(machine, "status"),
                    shortIdentity(machine, "identity_ref"), textOf(machine, "machine_type")});
  }
  return "\nMachines\n\n" + table({"ID", "Name", "Status", "Identity", "Type"}, rows) + "\n" +
         counted(machines.size(), "machine") + " found.\n" + more;
}

Json schemaOfResult() {
  return objectSchema(
      {{"items", listSchema(objectSchema(market::machineFields()))}, {"next_cursor", orNull({{"type", "string"}})}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json page = co_await app::marketMachines(std::move(caller));
  output.result(arguments.has("json") ? dumpJson(page, 2) + "\n" : render(page));
}

constexpr std::string_view kExamples[] = {"peaqos scale machine list",
                                          "peaqos scale machine list --json | jq -r '.items[].id'"};

}  // namespace

const Command kScaleMachineList = {.path = "scale machine list",
                                   .summary = "List the machines of the Machine Market",
                                   .details = "Needs PEAQOS_ORCHESTRATION_URL and PEAQOS_ORCH_API_KEY.",
                                   .arguments = {},
                                   .options = kOptions,
                                   .examples = kExamples,
                                   .run = run,
                                   .result = schemaOfResult,
                                   .effect = Effect::Reads};

}  // namespace peaqos::cli
