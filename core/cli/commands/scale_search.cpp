// peaqos scale search
// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_search.hpp"
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
    {.name = "machine-id", .placeholder = "ID", .help = "The machine that needs the service", .required = true},
    {.name = "service-type",
     .placeholder = "TYPE",
     .help = "What is looked for, e.g. oracle.price-feed",
     .required = true},
    {.name = "pairing-token-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the agent's pairing token alone in it",
     .required = true,
     .secret = true},
    {.name = "agent-pairing-id", .placeholder = "ID", .help = "The agent's pairing"},
    {.name = "operation", .placeholder = "NAME", .help = "What the service is to do, e.g. get-latest-price"},
    {.name = "capabilities", .placeholder = "A,B", .help = "What the service must be able to do"},
    {.name = "region", .placeholder = "NAME", .help = "Where the service must be"},
    {.name = "max-results", .type = ValueType::Integer, .placeholder = "N", .help = "Most quotes that are listed"},
    {.name = "budget-amount",
     .type = ValueType::Number,
     .placeholder = "N",
     .help = "What it should cost",
     .unit = "budget_currency"},
    {.name = "budget-max",
     .type = ValueType::Number,
     .placeholder = "N",
     .help = "What it may cost at most",
     .unit = "budget_currency"},
    {.name = "budget-currency", .placeholder = "CODE", .help = "Currency of the budget, e.g. USD"},
    {.name = "native-only", .type = ValueType::Flag, .help = "Only what the Machine Market executes itself"},
    {.name = "allow-handoff", .type = ValueType::Flag, .help = "Also what an external service does"},
    {.name = "provider-credentials",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "JSON file with credentials for providers; it is never shown",
     .secret = true},
    {.name = "json", .type = ValueType::Flag, .help = "Print the search and its quotes as JSON"},
};

std::string scoreOf(const Json& score) { return isNumber(score) ? money(score, nullptr) : std::string(kNothing); }

std::string broaden(const std::string& searchId) {
  return "\nNo matching services found.\n\nSearch ID:   " + searchId +
         "\n\nTry a wider search: without --native-only, with a higher --budget-amount, or with another "
         "--service-type.\n";
}

// How to order the first one.
std::string nextStep(const Arguments& arguments, const Json& search, const Json& quote) {
  const auto pairing = arguments.find("agent-pairing-id");
  const std::vector<std::string> lines{
      "Next: peaqos scale order \"" + textOf(quote, "service_id") + "\"",
      "--machine-id " + shellWord(arguments.get("machine-id")),
      "--agent-pairing-id " + (pairing ? shellWord(*pairing) : std::string("<pairing-id>")),
      "--search-id " + shellWord(textOf(search, "id")),
      "--quote-id " + shellWord(textOf(quote, "id")),
      "--pairing-token-file " + shellWord(arguments.get("pairing-token-file"))};
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : " \\\n  ") + line;
  return out + "\n";
}

std::string render(const Arguments& arguments, const Json& search) {
  const Json& quotes = search["quotes"];
  const std::string id = textOf(search, "id");
  if (quotes.empty()) return broaden(id);
  std::vector<std::vector<std::string>> rows;
  std::string ids;
  for (const Json& quote : quotes) {
    const std::string number = std::to_string(rows.size() + 1);
    const std::string lead = quotes.size() == 1 ? "  " : "  [" + number + "] ";
    rows.push_back({number, textOf(quote, "service_id"), textOf(quote, "id"), textOf(quote, "operation"),
                    textOf(quote, "provider_key"), scoreOf(quote["score"]), textOf(quote, "execution_mode"),
                    textOf(quote, "integration_status")});
    ids += lead + "Quote ID:    " + textOf(quote, "id") + "\n" + lead + "Service ID:  " + textOf(quote, "service_id") +
           "\n" + lead + "Operation:   " + textOf(quote, "operation") + "\n";
  }
  return "\nFound " + std::to_string(quotes.size()) + " matching services.\n\n" +
         table({"#", "Service ID", "Quote ID", "Operation", "Provider", "Score", "Execution", "Integration"}, rows) +
         "\nSearch ID:   " + id + "\n" + ids + "\n" + nextStep(arguments, search, quotes[0]);
}

Json schemaOfResult() { return objectSchema(market::searchFields()); }

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::SearchRequest request{.machineId = arguments.get("machine-id"),
                             .serviceType = arguments.get("service-type"),
                             .pairingToken = {},
                             .agentPairingId = arguments.find("agent-pairing-id"),
                             .operation = arguments.find("operation"),
                             .region = arguments.find("region"),
                             .capabilities = commaList(arguments.get("capabilities")),
                             .maxResults = arguments.find("max-results"),
                             .budgetAmount = arguments.find("budget-amount"),
                             .budgetMax = arguments.find("budget-max"),
                             .budgetCurrency = arguments.find("budget-currency"),
                             .nativeOnly = arguments.has("native-only"),
                             .allowHandoff = arguments.has("allow-handoff")};
  request.pairingToken = std::move(*co_await readOptionLine(arguments, "pairing-token-file", caller));
  request.providerCredentials = co_await readSecretFile(arguments, "provider-credentials", caller);
  request.credentialsName = fileName(arguments, "provider-credentials");
  const Json search = co_await app::search(std::move(request), std::move(caller));
  output.result(arguments.has("json") ? dumpJson(search, 2) + "\n" : render(arguments, search));
}

constexpr std::string_view kExamples[] = {
    "peaqos scale search --machine-id mach_61f043950cf1 --service-type oracle.price-feed --pairing-token-file "
    "~/.peaqos/agent.token --budget-amount 1 --budget-currency USD --native-only"};

}  // namespace

const Command kScaleSearch = {
    .path = "scale search",
    .summary = "Find services that a machine's agent can order",
    .details =
        "Services come ranked, with quotes to order them by. Needs PEAQOS_ORCHESTRATION_URL and the pairing "
        "token of peaqos scale agent pair.",
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Reads};

}  // namespace peaqos::cli
