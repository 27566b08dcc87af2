// peaqos qualify mcr
// SPDX-License-Identifier: Apache-2.0
#include <utility>
#include <vector>

#include "app/machine/machine_queries.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/layout.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "peaq/mcr_api.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {
    {.name = "DID",
     .help = "The machine: did:peaq: and its address or its ID; '-' reads DIDs from standard input, one a line",
     .repeated = true}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the rating as JSON; of several machines a line each"},
};

constexpr std::size_t kValueColumn = 15;  // label and colon of all three blocks

// What the API says of machines of the second generation beyond the others.
Pairs moreRows(const Json& mcr) {
  Pairs rows;
  if (mcr.contains("home_chain")) rows.emplace_back("Home Chain", textOf(mcr, "home_chain"));
  if (mcr.contains("rating_unavailable")) rows.emplace_back("Unrated", textOf(mcr, "rating_unavailable"));
  return rows;
}

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
               2, kValueColumn) +
         pairs(moreRows(mcr), 2, kValueColumn);
}

std::vector<std::string> rowOf(const Json& mcr) {
  if (const Json* error = findMember(mcr, "error")) {
    return {textOf(mcr, "did"), std::string(kNothing), printable(textOf(*error, "message"))};
  }
  return {textOf(mcr, "did"), textOf(mcr, "mcr"), textOf(mcr, "mcr_score"), textOf(mcr, "bond_status"),
          textOf(mcr, "event_count")};
}

Json schemaOfResult() {
  Json failed = objectSchema(
      {{.name = "did", .schema = {{"type", "string"}}}, {.name = "error", .schema = {{"type", "object"}}}});
  return eitherSchema(eitherSchema(objectSchema(peaq::ratingFields(peaq::Generation::First)),
                                   objectSchema(peaq::ratingFields(peaq::Generation::Second))),
                      std::move(failed));
}

// What the command line names, lines of standard input in the place of '-'.
Task<std::vector<std::string>> didsOf(const Arguments& arguments, host::Terminal& terminal) {
  std::vector<std::string> dids;
  for (std::size_t at = 0; at < arguments.positionalCount(); ++at) {
    if (arguments.positional(at) != "-") {
      dids.push_back(arguments.positional(at));
      continue;
    }
    while (const auto line = co_await terminal.readLine()) {
      const std::string did(trim(asText(line->expose())));
      if (!did.empty()) dids.push_back(did);
    }
  }
  co_return dids;
}

Task<void> showSeveral(std::vector<std::string> dids, bool json, app::Caller caller, Output& output) {
  const std::size_t count = dids.size();
  std::vector<std::vector<std::string>> rows;
  const std::size_t failures = co_await app::queryMcrs(std::move(dids), std::move(caller), [&](const Json& mcr) {
    if (json) {
      output.result(dumpJson(mcr) + "\n");
    } else {
      rows.push_back(rowOf(mcr));
    }
  });
  if (!json && count > 0) output.result(table({"Machine", "Rating", "Score", "Bond", "Events"}, rows));
  if (failures > 0) {
    throw networkError("RATINGS_MISSING",
                       std::to_string(failures) + " of " + std::to_string(count) + " ratings could not be read",
                       "Check those machines' DIDs and PEAQOS_MCR_API_URL, and run the command again");
  }
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const bool json = arguments.has("json");
  if (arguments.positionalCount() > 1 || arguments.positional(0) == "-") {
    std::vector<std::string> dids = co_await didsOf(arguments, caller.host.terminal);
    co_await showSeveral(std::move(dids), json, std::move(caller), output);
    co_return;
  }
  const Json mcr = co_await app::queryMcr(arguments.positional(0), std::move(caller));
  output.result(json ? dumpJson(mcr, 2) + "\n" : render(mcr));
}

constexpr std::string_view kExamples[] = {
    "peaqos qualify mcr did:peaq:0x9a5F1E244c15e491Ae571c5bF77fDD836ddc37C5",
    "peaqos qualify mcr did:peaq:0x9a5F... --json | jq .mcr_score",
    "peaqos qualify mcr did:peaq:6797059852626571897596538631639987226658599017392"
    "690144141920250617808126524",
    "peaqos qualify mcr --json - < dids.txt > ratings.jsonl"};

}  // namespace

const Command kQualifyMcr = {.path = "qualify mcr",
                             .summary = "Show the credit rating of machines",
                             .details = "Asks the MCR API; needs neither a key nor a node.",
                             .arguments = kArguments,
                             .options = kOptions,
                             .examples = kExamples,
                             .run = run,
                             .result = schemaOfResult,
                             .effect = Effect::Reads,
                             .lines = true};

}  // namespace peaqos::cli
