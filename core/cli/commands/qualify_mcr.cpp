// peaqos qualify mcr
// SPDX-License-Identifier: Apache-2.0
#include "app/machine_queries.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "peaq/mcr_api.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"DID", "The machine: did:peaq:0x and 40 hexadecimal digits"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the rating as JSON"},
};

constexpr std::size_t kValueColumn = 15;  // label and colon of all three blocks

std::string render(const Json& mcr) {
  return "MCR for " + textOf(mcr, "did") + "\n\n" +
         pairs({{"Rating", textOf(mcr, "mcr")},
                {"Score", textOf(mcr, "mcr_score") + " / 100"},
                {"Bond Status", textOf(mcr, "bond_status")}},
               2, kValueColumn) +
         "\n  Events:\n" +
         pairs({{"Total", textOf(mcr, "event_count")},
                {"Revenue", textOf(mcr, "revenue_event_count")},
                {"Activity", textOf(mcr, "activity_event_count")}},
               4, kValueColumn - 2) +
         "\n" +
         pairs({{"30-Day Revenue", textOf(mcr, "revenue_trend")},
                {"Last Updated", timeOf(mcr, "last_updated")},
                {"FX Degraded", mcr["mcr_degraded"].get<bool>() ? "yes" : "no"}},
               2, kValueColumn);
}

Json schemaOfResult() { return objectSchema(peaq::ratingFields()); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const Json mcr = co_await app::queryMcr(arguments.positional(0), std::move(caller));
  output.result(arguments.has("json") ? dumpJson(mcr, 2) + "\n" : render(mcr));
}

constexpr std::string_view kExamples[] = {"peaqos qualify mcr did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5",
                                          "peaqos qualify mcr did:peaq:0x9a5F... --json | jq .mcr_score"};

}  // namespace

const Command kQualifyMcr = {.path = "qualify mcr",
                             .summary = "Show the credit rating of a machine",
                             .details = "Asks the MCR API; needs neither a key nor a node.",
                             .arguments = kArguments,
                             .options = kOptions,
                             .examples = kExamples,
                             .run = run,
                             .result = schemaOfResult};

}  // namespace peaqos::cli
