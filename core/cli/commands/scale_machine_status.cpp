// peaqos scale machine status
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

constexpr Argument kArguments[] = {{"MACHINE_ID", "The machine's ID in the Machine Market"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print everything that is known of the machine as JSON"},
};

std::string render(const std::string& id, const Json& machine) {
  Pairs rows{{"Display name", textOf(machine, "display_name")},
             {"Status", textOf(machine, "status")},
             {"Identity", shortIdentity(machine, "identity_ref")},
             {"Owner", textOf(machine, "owner_id")},
             {"Type", textOf(machine, "machine_type")},
             {"Runtime", textOf(machine, "runtime_profile")}};
  if (!machine["capabilities"].empty()) rows.emplace_back("Capabilities", listOf(machine, "capabilities"));
  if (!machine["skill_keys"].empty()) rows.emplace_back("Skills", listOf(machine, "skill_keys"));
  rows.emplace_back("Created", textOf(machine, "created_at"));
  return "\nMachine " + printable(id) + "\n\n" + pairs(rows, 2);
}

Json schemaOfResult() { return objectSchema(market::machineFields()); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& id = arguments.positional(0);
  const Json machine = co_await app::marketMachine(id, std::move(caller));
  output.result(arguments.has("json") ? dumpJson(machine, 2) + "\n" : render(id, machine));
}

constexpr std::string_view kExamples[] = {"peaqos scale machine status mach_61f043950cf1",
                                          "peaqos scale machine status mach_61f043950cf1 --json | jq .identity_proof"};

}  // namespace

const Command kScaleMachineStatus = {.path = "scale machine status",
                                     .summary = "Show a machine of the Machine Market",
                                     .details = "Needs PEAQOS_ORCHESTRATION_URL and PEAQOS_ORCH_API_KEY.",
                                     .arguments = kArguments,
                                     .options = kOptions,
                                     .examples = kExamples,
                                     .run = run,
                                     .result = schemaOfResult,
                                     .effect = Effect::Reads};

}  // namespace peaqos::cli
