// peaqos scale order status
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

constexpr Argument kArguments[] = {{"ORDER_ID", "The order's ID"}};
constexpr Option kOptions[] = {
    {.name = "json", .type = ValueType::Flag, .help = "Print the order and its payment as JSON"},
};

std::string hint(const Json& order, const Json& payment) {
  const std::string status = textOf(order, "status");
  const std::string paid = payment.is_null() ? std::string() : textOf(payment, "status");
  const std::string look = "  peaqos scale order status " + shellWord(textOf(order, "id")) + "\n";
  if (const std::string received = receivedHint(order); !received.empty()) return received;
  if (status == "payment_pending" || paid == "intent_created") {
    return "\nNot paid yet: run the command that placed the order again, then look here:\n" + look;
  }
  if (status == "ready" && (paid.empty() || paid == "held" || paid == "not_required")) {
    return "\nReady to be executed: run the command that placed the order again, then look here:\n" + look;
  }
  if (status == "confirmed") return "\nThe delivery is confirmed; the order is closed.\n";
  if (status == "disputed") return "\nA dispute is under review; the funds stay frozen until it is settled.\n";
  return {};
}

std::string render(const std::string& id, const Json& order, const Json& payment) {
  Pairs rows{{"Order ID", textOf(order, "id")},
             {"Service", serviceOf(order)},
             {"Status", textOf(order, "status")},
             {"Skill", textOf(order, "skill_key")},
             {"Created", textOf(order, "created_at")}};
  addHandoff(rows, order["handoff"]);
  std::string out = "\nOrder " + printable(id) + "\n\nOrder status\n\n" + pairs(rows, 2);
  if (!payment.is_null()) {
    const Json& rail = payment["rail"];
    Pairs paid{{"Payment status", textOf(payment, "status")},
               {"Amount", money(payment["amount"], payment["currency"])},
               {"Rail", textOf(rail, "rail_type")}};
    if (!rail["chain"].is_null()) paid.emplace_back("Chain", textOf(rail, "chain"));
    if (!rail["token"].is_null()) paid.emplace_back("Token", textOf(rail, "token"));
    out += "\nPayment\n" + pairs(paid, 2);
  }
  return out + hint(order, payment);
}

Json schemaOfResult() {
  return objectSchema(
      {{"order", objectSchema(market::orderFields())}, {"payment", orNull(objectSchema(market::paymentFields()))}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const std::string& id = arguments.positional(0);
  const Json status = co_await app::orderStatus(id, std::move(caller));
  output.result(arguments.has("json") ? dumpJson(status, 2) + "\n" : render(id, status["order"], status["payment"]));
}

constexpr std::string_view kExamples[] = {"peaqos scale order status ord_1",
                                          "peaqos scale order status ord_1 --json | jq -r .order.status"};

}  // namespace

const Command kScaleOrderStatus = {.path = "scale order status",
                                   .summary = "Show an order and its payment",
                                   .details = "Needs PEAQOS_ORCHESTRATION_URL and PEAQOS_ORCH_API_KEY.",
                                   .arguments = kArguments,
                                   .options = kOptions,
                                   .examples = kExamples,
                                   .run = run,
                                   .result = schemaOfResult,
                                   .effect = Effect::Reads};

}  // namespace peaqos::cli
