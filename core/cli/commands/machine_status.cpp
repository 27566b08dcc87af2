// peaqos machine status
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/machine_status.hpp"

#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/machine_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {
    {.name = "MACHINE_ID",
     .help = "The machine: its ID in decimal, or did:peaq: and that; '-' reads IDs from standard input, one a line; "
             "'all' stands for the machines of an operator",
     .repeated = true}};
constexpr Option kOptions[] = {
    {.name = "operator", .placeholder = "DID", .help = "Whose machines 'all' are", .fallback = "who signs"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the state as JSON; of several machines a line each"},
};

std::string render(const Json& machine) {
  const Json& subscription = machine["subscription"];
  const Json& pauses = machine["pause_flags"];
  const Json& document = machine["did_document"];
  return "Machine status\n" +
         pairs({{"Machine ID", textOf(machine, "machine_id")},
                {"Owner", textOf(machine, "owner")},
                {"Controller", textOf(machine, "controller")},
                {"DID", textOf(document, "id")},
                {"Available", yesNo(machine, "is_available")},
                {"Home chain ID", textOf(machine, "home_chain_id")},
                {"Homed locally", yesNo(machine, "is_homed_locally")},
                {"Relocating", yesNo(machine, "is_relocating")}},
               2) +
         "\nSubscription\n" +
         pairs({{"Status", textOf(subscription, "status")},
                {"Tier", textOf(subscription, "tier_name") + " (" + textOf(subscription, "tier") + ")"},
                {"Period start", timeText(subscription, "period_start")},
                {"Period end", timeText(subscription, "period_end")},
                {"Bonded amount", peaqText(subscription, "bonded_amount")},
                {"Accumulated points", textOf(subscription, "accumulated_points")}},
               2) +
         "\nPause flags\n" +
         pairs({{"General", yesNo(pauses, "general")},
                {"Technical", yesNo(pauses, "technical")},
                {"Operator", yesNo(pauses, "operator")},
                {"Subscription", yesNo(pauses, "subscription")}},
               2) +
         "\nDID document\n" +
         pairs({{"Verification methods", std::to_string(document["verification_methods"].size())},
                {"Authentication", listText(document["authentication"])},
                {"Service endpoints", std::to_string(document["service_endpoints"].size())}},
               2);
}

std::vector<std::string> rowOf(const Json& machine) {
  if (const Json* error = findMember(machine, "error")) {
    return {textOf(machine, "machine_id"), std::string(kNothing), printable(textOf(*error, "message"))};
  }
  const Json& subscription = machine["subscription"];
  return {textOf(machine, "machine_id"), textOf(subscription, "status"), timeText(subscription, "period_end"),
          textOf(subscription, "tier_name"), yesNo(machine, "is_available")};
}

Json schemaOfResult() {
  const Json text{{"type", "string"}}, flag{{"type", "boolean"}}, object{{"type", "object"}};
  const Json machine = objectSchema({{"machine_id", text},
                                     {"owner", text},
                                     {"controller", text},
                                     {"did_document", object},
                                     {"subscription", object},
                                     {"pause_flags", object},
                                     {"is_available", flag},
                                     {"home_chain_id", text},
                                     {"is_homed_locally", flag},
                                     {"is_relocating", flag}});
  return eitherSchema(machine, objectSchema({{"machine_id", text}, {"error", object}}));
}

Task<void> showSeveral(std::vector<std::string> ids, Arguments arguments, app::Caller caller, Output& output) {
  const bool json = arguments.has("json");
  std::vector<std::vector<std::string>> rows;
  std::size_t count = 0;
  const std::size_t errors = co_await app::machineStatuses(
      std::move(ids), arguments.find("operator"), std::move(caller), [&](const Json& machine) {
        ++count;
        json ? output.result(dumpJson(machine) + "\n") : rows.push_back(rowOf(machine));
      });
  if (!json && count == 0) output.result("No machines.\n");
  if (!json && count > 0) output.result(table({"Machine", "Subscription", "Until", "Tier", "Available"}, rows));
  if (errors > 0) {
    throw networkError("MACHINES_MISSING",
                       std::to_string(errors) + " of " + std::to_string(count) + " machines are not on this chain",
                       "Check their IDs and PEAQOS_DEPLOYMENT_ID");
  }
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& first = arguments.positional(0);
  const bool all = first == "all";
  if (all && arguments.positionalCount() > 1) {
    throw inputError("USAGE", "'all' goes with no other machine", "See 'peaqos machine status --help'");
  }
  if (arguments.has("operator") && !all) {
    throw inputError("USAGE", "--operator says whose machines 'all' are", "Give all instead of IDs, or leave it out");
  }
  if (all || first == "-" || arguments.positionalCount() > 1) {
    std::vector<std::string> ids;
    if (!all) ids = co_await machineIdsOf(arguments, caller.host.terminal);
    if (!all && ids.empty()) co_return;
    co_await showSeveral(std::move(ids), std::move(arguments), std::move(caller), output);
    co_return;
  }
  const Json machine = co_await app::machineStatus(first, std::move(caller));
  arguments.has("json") ? output.json(machine) : output.result(render(machine));
}

constexpr std::string_view kExamples[] = {
    "peaqos machine status 6797059852626571897596538631639987226658599017392690144141920250617808126524",
    "peaqos machine status all --json | jq -r 'select(.subscription.status != \"active\") | .machine_id'"};

}  // namespace

const Command kMachineStatus = {
    .path = "machine status",
    .summary = "Show what the chain says of machines: owner, subscription, pauses, DID document",
    .details = "Needs a node and no key, but for 'all'. Any number of machines takes few requests.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
