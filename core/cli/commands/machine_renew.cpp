// peaqos machine renew
// SPDX-License-Identifier: Apache-2.0
#include "app/machine/renew_fleet.hpp"

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

constexpr Option kOptions[] = {
    {.name = "all", .type = ValueType::Flag, .help = "The machines of an operator"},
    {.name = "machine",
     .placeholder = "ID",
     .help = "This machine, if it is due; may be given several times",
     .repeated = true},
    {.name = "before",
     .placeholder = "SPAN",
     .help = "Renew what ends within this span: hours, days or weeks, e.g. 12h, 30d, 6w",
     .fallback = "30d"},
    {.name = "operator", .placeholder = "DID", .help = "Whose machines --all are", .fallback = "who signs"},
    kPlanOption,
    kDryRunOption,
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Pay without asking"},
    kChangeJsonOption,
    kMaxFeeOption,
};

std::string noteOf(const Json& machine) {
  const Json* error = findMember(machine, "error");
  if (error) return printable(textOf(*error, "message"));
  return machine.contains("transaction_hash") ? textOf(machine, "transaction_hash") : std::string();
}

std::string render(const Json& result) {
  const Json& totals = result["totals"];
  std::vector<std::vector<std::string>> rows;
  for (const Json& machine : result["machines"]) {
    if (textOf(machine, "status") == "not_due") continue;
    const bool priced = machine.contains("net_peaq_amount");
    rows.push_back({textOf(machine, "machine_id"), textOf(machine, "status"),
                    priced ? peaqText(machine, "net_peaq_amount") : std::string(kNothing),
                    timeText(machine, machine.contains("period_end") ? "period_end" : "previous_period_end"),
                    noteOf(machine)});
  }
  std::string out;
  if (!rows.empty()) out = table({"Machine", "Status", "Paid", "Until", "Note"}, rows) + "\n";
  return out + pairs({{"Machines", textOf(totals, "machines")},
                      {"Renewed", textOf(totals, "renewed")},
                      {"Due", textOf(totals, "due")},
                      {"Bonds", peaqText(totals, "bond_amount")},
                      {"Bonding reward", peaqText(totals, "credit")},
                      {"Sum", peaqText(totals, "net_peaq_amount")}},
                     2);
}

Json schemaOfResult() {
  const Json text{{"type", "string"}};
  const Json machine = objectSchema({{"machine_id", text},
                                     {"status", text},
                                     {"tier", text},
                                     {"subscription", text},
                                     {"previous_period_end", text},
                                     {"period_end", text, false},
                                     {"bond_amount", text, false},
                                     {"credit", text, false},
                                     {"net_peaq_amount", text, false},
                                     {"transaction_hash", text, false},
                                     {"error", {{"type", "object"}}, false}});
  const Json totals = objectSchema({{"machines", text},
                                    {"renewed", text},
                                    {"due", text},
                                    {"bond_amount", text},
                                    {"credit", text},
                                    {"net_peaq_amount", text}});
  return objectSchema({{"status", text},
                       {"deployment_id", text},
                       {"chain_id", text},
                       {"due_before", text},
                       {"machines", listSchema(machine)},
                       {"totals", totals}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::RenewFleetRequest request{.before = arguments.find("before").value_or("30d"),
                                 .did = arguments.find("operator"),
                                 .machines = arguments.all("machine"),
                                 .consent = consentOf(arguments)};
  if (arguments.has("all") != request.machines.empty()) {
    throw inputError("USAGE", "exactly one of --all and --machine is needed", "See 'peaqos machine renew --help'");
  }
  if (arguments.has("plan")) {
    showPlan(co_await app::planRenewFleet(std::move(request), std::move(caller)), arguments, output);
    co_return;
  }
  const Json result = co_await app::renewFleet(std::move(request), std::move(caller));
  const std::string renewed = textOf(result["totals"], "renewed");
  if (renewed != "0") output.done(renewed + (renewed == "1" ? " machine is renewed" : " machines are renewed"));
  arguments.has("json") ? output.json(result) : output.result(render(result));
  if (textOf(result, "status") != "partial") co_return;
  throw networkError("RENEWALS_MISSING", "not every machine that is due was renewed",
                     "Look at their errors, then run the command again: it renews what is still due");
}

constexpr std::string_view kExamples[] = {"peaqos machine renew --all --before 30d",
                                          "peaqos machine renew --all --before 6w --dry-run --json | jq .totals"};

}  // namespace

const Command kMachineRenew = {
    .path = "machine renew",
    .summary = "Renew every machine whose subscription ends soon",
    .details =
        "One plan with every machine and the sum, one question, one approval of exactly that sum; then a transaction "
        "for each machine, kept in peaqos.log. The chain says which machines are due, so that the command can be run "
        "from a timer, and again after an interruption: nothing is paid twice. A renewal adds a period to the end of "
        "the last one, so that renewing early loses nothing.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Pays};

}  // namespace peaqos::cli
