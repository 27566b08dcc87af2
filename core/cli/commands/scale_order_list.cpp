// peaqos scale order list
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
    {.name = "machine-id", .placeholder = "ID", .help = "The machine whose orders are listed", .required = true},
    {.name = "limit", .type = ValueType::Integer, .placeholder = "N", .help = "Orders on one page, 1 to 500"},
    {.name = "cursor", .placeholder = "CURSOR", .help = "Where the page starts: the next_cursor of the one before"},
    {.name = "json",
     .type = ValueType::Flag,
     .help = "Print JSON: all pages as one list, or with --limit one page and the next cursor"},
};

std::string nextPage(const app::OrdersRequest& request, const Json& cursor) {
  if (cursor.is_null()) return {};
  // The cursor is printed as the server sent it (decision 20).
  return "\nNext page: peaqos scale order list --machine-id " + shellWord(trim(request.machineId)) +
         (request.limit ? " --limit " + *request.limit : "") + " --cursor " + printable(cursor.get<std::string>()) +
         "\n";
}

std::string render(const app::OrdersRequest& request, const Json& page) {
  const Json& orders = page["items"];
  if (orders.empty() && page["next_cursor"].is_null()) return "\nNo orders found.\n";
  std::vector<std::vector<std::string>> rows;
  rows.reserve(orders.size());
  for (const Json& order : orders) {
    rows.push_back({textOf(order, "id"), textOf(order, "skill_key"), textOf(order, "status"),
                    textOf(order, "execution_mode"), textOf(order, "created_at")});
  }
  return "\nOrders for " + printable(trim(request.machineId)) + "\n\n" +
         (rows.empty() ? "" : table({"ID", "Service", "Status", "Execution", "Created"}, rows) + "\n") +
         counted(rows.size(), "order") + " shown.\n" + nextPage(request, page["next_cursor"]);
}

// All pages as one list. Nothing is printed before the last one has come, and till then they are kept as compact text:
// ten thousand orders as values would take ten times the memory.
Task<void> printAll(app::OrdersRequest request, app::Caller caller, Output& output) {
  std::vector<std::string> pages;
  co_await app::allOrders(std::move(request), std::move(caller), [&](const Json& items) {
    if (!items.empty()) pages.push_back(dumpJson(items));
  });
  if (pages.empty()) output.result("[]\n");
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::string compact = std::move(pages[i]);
    const std::string text = dumpJson(parseJson(compact).value(), 2);  // "[\n  {...}\n]"
    const std::string_view items = std::string_view(text).substr(1, text.size() - 3);
    output.result((i == 0 ? "[" : ",") + std::string(items) + (i + 1 == pages.size() ? "\n]\n" : ""));
  }
}

Json schemaOfResult() {
  const Json orders = listSchema(objectSchema(market::orderFields()));
  return eitherSchema(orders, objectSchema({{"items", orders}, {"next_cursor", orNull({{"type", "string"}})}}));
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  app::OrdersRequest request{
      .machineId = arguments.get("machine-id"), .limit = arguments.find("limit"), .cursor = arguments.find("cursor")};
  if (arguments.has("json") && !request.limit) {
    co_await printAll(std::move(request), std::move(caller), output);
    co_return;
  }
  const Json page = co_await app::orders(request, std::move(caller));
  output.result(arguments.has("json") ? dumpJson(page, 2) + "\n" : render(request, page));
}

constexpr std::string_view kExamples[] = {
    "peaqos scale order list --machine-id mach_61f043950cf1 --limit 20",
    "peaqos scale order list --machine-id mach_61f043950cf1 --json | jq '.[] | select(.status == \"delivered\").id'"};

}  // namespace

const Command kScaleOrderList = {.path = "scale order list",
                                 .summary = "List the orders of a machine",
                                 .details = "Needs PEAQOS_ORCHESTRATION_URL and PEAQOS_ORCH_API_KEY.",
                                 .arguments = {},
                                 .options = kOptions,
                                 .examples = kExamples,
                                 .run = run,
                                 .result = schemaOfResult,
                                 .effect = Effect::Reads};

}  // namespace peaqos::cli
