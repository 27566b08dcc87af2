// peaqos scale order received
// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_orders.hpp"
#include "cli/command.hpp"
#include "cli/input_files.hpp"
#include "cli/layout.hpp"
#include "cli/mcr_text.hpp"
#include "cli/schema.hpp"
#include "market/shapes.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"ORDER_ID", "The order whose delivery has come"}};
constexpr Option kOptions[] = {
    {.name = "pairing-token-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the agent's pairing token alone in it",
     .required = true,
     .secret = true},
    {.name = "json", .type = ValueType::Flag, .help = "Print the order and its payment as JSON"},
};

std::string render(const Json& result) {
  Pairs rows{{"Order ID", textOf(result["order"], "id")}, {"Status", textOf(result["order"], "status")}};
  if (!result["payment"].is_null()) rows.emplace_back("Payment", textOf(result["payment"], "status"));
  return "Delivery confirmed.\n\n" + pairs(rows, 2);
}

Json schemaOfResult() {
  return objectSchema(
      {{"order", objectSchema(market::orderFields())}, {"payment", orNull(objectSchema(market::paymentFields()))}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  Secret token = std::move(*co_await readOptionLine(arguments, "pairing-token-file", caller));
  const Json result = co_await app::confirmOrder(arguments.positional(0), std::move(token), std::move(caller));
  output.done("the delivery is confirmed");
  arguments.has("json") ? output.json(result) : output.result(render(result));
}

constexpr std::string_view kExamples[] = {
    "peaqos scale order received ord_1 --pairing-token-file ~/.peaqos/agent.token"};

}  // namespace

const Command kScaleOrderReceived = {
    .path = "scale order received",
    .summary = "Confirm that an order was delivered",
    .details = "This closes the order and releases its escrow at once, without asking.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Pays};

}  // namespace peaqos::cli
