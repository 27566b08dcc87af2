// peaqos scale order dispute
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

constexpr Argument kArguments[] = {{"ORDER_ID", "The order that is disputed"}};
constexpr Option kOptions[] = {
    {.name = "reason", .placeholder = "TEXT", .help = "What is wrong with it", .required = true},
    {.name = "pairing-token-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the agent's pairing token alone in it",
     .required = true,
     .secret = true},
    {.name = "evidence",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "JSON file with an object that shows it; it is sent as it is",
     .use = FileUse::Read},
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Raise it without asking first"},
    {.name = "json", .type = ValueType::Flag, .help = "Print order, payment and dispute as JSON; implies --yes"},
};

std::string render(const Json& result) {
  Pairs rows{{"Order ID", textOf(result["order"], "id")}, {"Status", textOf(result["order"], "status")}};
  if (!result["payment"].is_null()) rows.emplace_back("Payment", textOf(result["payment"], "status"));
  if (!result["dispute"]["reason"].is_null()) rows.emplace_back("Reason", textOf(result["dispute"], "reason"));
  return "Dispute raised.\n\n" + pairs(rows, 2);
}

Json schemaOfResult() {
  return objectSchema({{"order", objectSchema(market::orderFields())},
                       {"payment", orNull(objectSchema(market::paymentFields()))},
                       {"dispute", objectSchema(market::disputeFields())}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const bool json = arguments.has("json");
  app::DisputeRequest request{.orderId = arguments.positional(0),
                              .reason = arguments.get("reason"),
                              .pairingToken = {},
                              .evidenceName = fileName(arguments, "evidence"),
                              .yes = json || arguments.has("yes")};
  request.pairingToken = std::move(*co_await readOptionLine(arguments, "pairing-token-file", caller));
  request.evidence = co_await readOptionText(arguments, "evidence", caller.host.files);
  const auto result = co_await app::disputeOrder(std::move(request), caller);
  if (!result) {
    caller.conversation.progress({.name = "declined", .state = "nothing_done"});
    co_return;
  }
  output.done("the dispute is raised");
  json ? output.json(*result) : output.result(render(*result));
}

constexpr std::string_view kExamples[] = {
    "peaqos scale order dispute ord_1 --reason 'prices are a day old' --evidence log.json --pairing-token-file "
    "~/.peaqos/agent.token"};

}  // namespace

const Command kScaleOrderDispute = {
    .path = "scale order dispute",
    .summary = "Dispute an order, which freezes its payment",
    .details = "The Machine Market's staff decides about it. Its payment stays frozen until then.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Writes};

}  // namespace peaqos::cli
