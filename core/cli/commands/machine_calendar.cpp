// peaqos machine calendar
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/calendar.hpp"

#include <vector>

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/machine_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"

namespace peaqos::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "operator", .placeholder = "DID", .help = "Whose machines", .fallback = "who signs"},
    {.name = "machine",
     .placeholder = "ID",
     .help = "This machine instead of an operator's; may be given several times",
     .repeated = true},
    {.name = "ics", .type = ValueType::Flag, .help = "Print a calendar file (iCalendar) with an alarm 30 days before"},
    {.name = "json", .type = ValueType::Flag, .help = "Print the calendar as JSON"},
};

std::string render(const Json& calendar) {
  const Json& machines = calendar["machines"];
  if (machines.empty()) return "No machine has a subscription.\n";
  std::vector<std::vector<std::string>> rows;
  for (const Json& machine : machines) {
    rows.push_back({timeText(machine, "period_end"), textOf(machine, "days_left"), textOf(machine, "subscription"),
                    textOf(machine, "tier"), peaqText(machine, "bonded_amount"), timeText(machine, "bond_lost_from"),
                    timeText(machine, "over"), textOf(machine, "machine_id")});
  }
  return table({"Ends", "Days", "Now", "Tier", "Bonded", "Bond lost from", "Over", "Machine"}, rows);
}

Json schemaOfResult() {
  const Json text{{"type", "string"}};
  const Json machine = objectSchema({{"machine_id", text},
                                     {"tier", text},
                                     {"subscription", text},
                                     {"period_end", text},
                                     {"bond_lost_from", text},
                                     {"over", text},
                                     {"days_left", text},
                                     {"bonded_amount", text}});
  return objectSchema({{"deployment_id", text},
                       {"chain_id", text},
                       {"grace_seconds", text},
                       {"runoff_seconds", text},
                       {"machines", listSchema(machine)}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  if (arguments.has("ics") && arguments.has("json")) {
    throw inputError("USAGE", "--ics and --json exclude each other", "Give one of them");
  }
  host::Clock& clock = caller.host.clock;
  const Json calendar =
      co_await app::machineCalendar(arguments.all("machine"), arguments.find("operator"), std::move(caller));
  if (arguments.has("json")) {
    output.json(calendar);
  } else {
    output.result(arguments.has("ics") ? app::iCalendarOf(calendar, clock.now() / 1'000'000) : render(calendar));
  }
}

constexpr std::string_view kExamples[] = {"peaqos machine calendar", "peaqos machine calendar --ics > machines.ics"};

}  // namespace

const Command kMachineCalendar = {
    .path = "machine calendar",
    .summary = "Show when the subscriptions of machines run out",
    .details =
        "When a period ends the machine is in grace, and can be renewed without loss; when grace ends it loses "
        "its bond bit by bit, until it is over for good. The machines are those that the MCR API lists for the "
        "operator; their dates come from the chain.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
