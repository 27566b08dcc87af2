// peaqos scale order SERVICE
// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_orders.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/input_files.hpp"
#include "cli/layout.hpp"
#include "cli/market_text.hpp"
#include "cli/mcr_text.hpp"
#include "cli/plan_text.hpp"
#include "cli/schema.hpp"
#include "market/shapes.hpp"

namespace peaqos::cli {
namespace {

constexpr Argument kArguments[] = {{"SERVICE_ID", "The service to order, as a search lists it"}};

constexpr Option kOptions[] = {
    {.name = "machine-id", .placeholder = "ID", .help = "The machine that the order is for", .required = true},
    {.name = "agent-pairing-id", .placeholder = "ID", .help = "The pairing of the agent that orders", .required = true},
    {.name = "pairing-token-file",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "File with the agent's pairing token alone in it",
     .required = true,
     .secret = true},
    {.name = "search-id", .placeholder = "ID", .help = "The search that found the service"},
    {.name = "quote-id", .placeholder = "ID", .help = "The quote to order by"},
    {.name = "operation", .placeholder = "NAME", .help = "What the service is to do"},
    {.name = "budget-amount",
     .type = ValueType::Number,
     .placeholder = "N",
     .help = "Most that it may cost: a payment above it is refused, or asked about",
     .unit = "budget_currency"},
    {.name = "budget-currency", .placeholder = "CODE", .help = "Currency of the budget, e.g. USD"},
    {.name = "input",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "JSON file with an object for the service; it is sent as it is",
     .use = FileUse::Read},
    {.name = "provider-credentials",
     .type = ValueType::File,
     .placeholder = "PATH",
     .help = "JSON file with credentials for providers; it is never shown",
     .secret = true},
    {.name = "payment-tx-hash", .placeholder = "HASH", .help = "Transaction that paid the order; nothing is sent then"},
    {.name = "payment-chain",
     .placeholder = "CHAIN",
     .help = "Its chain: base, peaq, agung, ethereum, polygon, arbitrum, optimism, bsc, solana, or a CAIP-2 ID"},
    {.name = "payment-token", .placeholder = "SYMBOL", .help = "The token that was paid with"},
    {.name = "skip-payment",
     .type = ValueType::Flag,
     .help = "The payment is agreed on already: report --payment-tx-hash for it"},
    kMaxFeeOption,
    kPlanOption,
    {.name = "yes", .letter = 'y', .type = ValueType::Flag, .help = "Pay and execute without asking"},
    {.name = "json", .type = ValueType::Flag, .help = "Print order, payment and execution as JSON; implies --yes"},
};

const Json* part(const Json& object, std::string_view name) {
  const Json* member = findMember(object, name);
  return member && !member->is_null() ? member : nullptr;
}

// The execution's handoff is newer than the order's.
Json handoffOf(const Json& result) {
  const Json* execution = part(result, "execution");
  if (const Json* handoff = execution ? part(*execution, "handoff") : nullptr) return *handoff;
  return result["order"]["handoff"];
}

std::string headline(const Json& result, const Json& handoff) {
  const Json* execution = part(result, "execution");
  const Json* outcome = execution ? part(*execution, "outcome") : nullptr;
  if (outcome && textOf(*outcome, "status") == "failed") return "Order failed: the service could not do it.";
  if (!handoff.is_null() || textOf(result["order"], "status") == "handoff") return "Order placed (external handoff).";
  return execution ? "Order executed." : "Order was executed by an earlier run.";
}

std::string render(const Json& result) {
  const Json& order = result["order"];
  const Json* payment = part(result, "payment");
  const Json handoff = handoffOf(result);
  Pairs rows{{"Order ID", textOf(order, "id")},
             {"Service", serviceOf(order)},
             {"Status", textOf(order, "status")},
             {"Payment", payment ? textOf(*payment, "status") : "not_required"}};
  addHandoff(rows, handoff);
  return headline(result, handoff) + "\n\n" + pairs(rows, 2) + receivedHint(order);
}

// A service that failed is an error, once its result is printed.
void refuseFailedOutcome(const Json& result) {
  const Json* execution = part(result, "execution");
  const Json* outcome = execution ? part(*execution, "outcome") : nullptr;
  if (!outcome || textOf(*outcome, "status") != "failed") return;
  const std::string id = textOf(result["order"], "id");
  const std::string words = oneLine(textOf(*outcome, "error_message"));
  throw networkError("EXECUTION_FAILED", "the service failed" + (words.empty() ? "" : ": " + words),
                     "Look at the order: peaqos scale order status " + shellWord(id));
}

Json schemaOfResult() {
  const Json execution = objectSchema({{"run", objectSchema(market::runFields()), false},
                                       {"outcome", objectSchema(market::outcomeFields()), false},
                                       {"handoff", objectSchema(market::handoffFields()), false}});
  return objectSchema({{"order", objectSchema(market::orderFields())},
                       {"payment", objectSchema(market::paymentFields()), false},
                       {"execution", orNull(execution)}});
}

Task<void> run(Arguments arguments, app::Caller caller, Output& output) {
  const bool json = arguments.has("json");
  app::PlaceOrderRequest request{.serviceId = arguments.positional(0),
                                 .machineId = arguments.get("machine-id"),
                                 .agentPairingId = arguments.get("agent-pairing-id"),
                                 .pairingToken = {},
                                 .searchId = arguments.find("search-id"),
                                 .quoteId = arguments.find("quote-id"),
                                 .operation = arguments.find("operation"),
                                 .budgetAmount = arguments.find("budget-amount"),
                                 .budgetCurrency = arguments.find("budget-currency"),
                                 .inputName = fileName(arguments, "input"),
                                 .credentialsName = fileName(arguments, "provider-credentials"),
                                 .paymentTxHash = arguments.find("payment-tx-hash"),
                                 .paymentChain = arguments.find("payment-chain"),
                                 .paymentToken = arguments.find("payment-token"),
                                 .skipPayment = arguments.has("skip-payment"),
                                 .yes = json || arguments.has("yes")};
  request.pairingToken = std::move(*co_await readOptionLine(arguments, "pairing-token-file", caller));
  request.input = co_await readOptionText(arguments, "input", caller.host.files);
  request.providerCredentials = co_await readSecretFile(arguments, "provider-credentials", caller);
  if (arguments.has("plan")) {
    showPlan(co_await app::planOrder(std::move(request), std::move(caller)), arguments, output);
    co_return;
  }
  const auto result = co_await app::placeOrder(std::move(request), std::move(caller));
  if (!result) co_return;  // declined: how the order was left has been said
  output.done("order " + textOf((*result)["order"], "id") + " is placed; peaqos scale order status shows it");
  json ? output.json(*result) : output.result(render(*result));
  refuseFailedOutcome(*result);
}

constexpr std::string_view kExamples[] = {
    "peaqos scale order svc_abc --machine-id mach_61f043950cf1 --agent-pairing-id pair_1 --search-id msearch_1 "
    "--quote-id quote_1 --pairing-token-file ~/.peaqos/agent.token --input request.json",
    "peaqos scale order svc_abc ... --payment-tx-hash 0x... --payment-chain base --payment-token USDC"};

}  // namespace

const Command kScaleOrder = {
    .path = "scale order",
    .summary = "Order a service, and follow orders",
    .details =
        "Any word that is not one of the commands below is a service to order. The order is made, paid where it must "
        "be paid, and executed. With PEAQOS_OWS_WALLET the wallet pays by a token transfer, once you have seen amount, "
        "token, recipient and chain; otherwise you pay, and give the transaction's hash. Every step is in peaqos.log "
        "before the next one begins: run the same command again after an interruption, and it goes on where it was. "
        "Nothing is ordered or paid twice. Its payment follows the order, so it has no --unsigned.",
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
    .result = schemaOfResult,
    .effect = Effect::Pays};

}  // namespace peaqos::cli
