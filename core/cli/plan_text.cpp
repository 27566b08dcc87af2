// SPDX-License-Identifier: Apache-2.0
#include "cli/plan_text.hpp"

#include "base/text.hpp"
#include "cli/layout.hpp"
#include "cli/schema.hpp"
#include "evm/units.hpp"

namespace peaqos::cli {
namespace {

std::string valueText(const Json& value) {
  if (value.is_null()) return "not known yet";
  return printable(value.is_string() ? value.get<std::string>() : dumpJson(value));
}

std::string amount(const evm::U256& units, unsigned decimals, const std::string& currency) {
  return evm::formatUnitsUp(units, decimals, std::min(decimals, 6U)) + " " + printable(currency);
}

Pairs argumentRows(const Json& arguments) {
  Pairs rows;
  for (const Json& pair : arguments) rows.emplace_back(valueText(pair[0]), valueText(pair[1]));
  return rows;
}

std::string callsText(const app::PlannedTransaction& transaction) {
  std::string text;
  for (const Json& call : transaction.calls) {
    const Json* line = findMember(call, "line");
    text += "     " + (line ? "line " + dumpJson(*line) + ": " : std::string()) + valueText(call["function"]) + "\n" +
            pairs(argumentRows(call["arguments"]), 7);
  }
  if (transaction.callsLeftOut > 0) {
    text += "     " + std::string(transaction.calls.empty() ? "" : "and ") + std::to_string(transaction.callsLeftOut) +
            (transaction.calls.empty() ? "" : " more") + " calls\n";
  }
  return text;
}

std::string transactionText(const app::PlannedTransaction& t, std::size_t number) {
  const std::string to = evm::toChecksum(t.to);
  const Pairs rows{{"From", evm::toChecksum(t.from)},
                   {"To", t.contract.empty() ? to : printable(t.contract) + " " + to},
                   {"Value", amount(t.value, 18, t.currency)},
                   {"Fee", "about " + amount(t.fee, 18, t.currency) + ", at most " + amount(t.maxFee, 18, t.currency) +
                               " (gas " + std::to_string(t.gas) + (t.estimated ? ")" : ", not estimated)")}};
  return "  " + std::to_string(number) + ". " + t.step + ": " + t.function + "\n" +
         pairs(argumentRows(t.arguments), 7) + callsText(t) + pairs(rows, 5);
}

std::string sumText(const app::PlannedSum& sum) {
  return "  " + printable(sum.currency) + ": " + amount(sum.value, sum.decimals, sum.currency) + " and fees of about " +
         amount(sum.fee, sum.decimals, sum.currency) + ", at most " +
         amount(sum.value + sum.maxFee, sum.decimals, sum.currency) + " in all\n";
}

std::string render(const app::Plan& plan) {
  std::string text = "Plan of 'peaqos " + plan.command + "'; nothing was sent.\n";
  if (plan.chainId) text += "  Chain:   " + std::to_string(*plan.chainId) + "\n";
  if (plan.signer) text += "  Signer:  " + evm::toChecksum(*plan.signer) + "\n";
  text += "\nRead\n";
  for (const app::PlannedRead& read : plan.reads) {
    text += "  " + read.name + " " + printable(read.subject) + ": " +
            (read.value.is_null() ? "none" : valueText(read.value)) + "\n";
  }
  if (!plan.actions.empty()) text += "\nTo be done\n";
  for (const app::PlannedAction& action : plan.actions) {
    text += "  " + action.name + (action.facts.empty() ? "" : " " + printable(dumpJson(action.facts))) + "\n";
  }
  text += plan.transactions.empty() ? "\nNo transaction would be sent.\n" : "\nTransactions\n";
  std::size_t number = 0;
  for (const app::PlannedTransaction& each : plan.transactions) text += transactionText(each, ++number);
  const auto sums = plan.sums();
  if (!sums.empty()) text += "\nSum\n";
  for (const app::PlannedSum& sum : sums) text += sumText(sum);
  return text;
}

Json digits() { return {{"type", "string"}, {"pattern", "^[0-9]+$"}}; }

Json namedSchema() { return listSchema(objectSchema({{"name", typed("string")}, {"value", Json::object()}})); }

Json transactionSchema() {
  return objectSchema(
      {{"step", typed("string")},
       {"chain_id", typed("integer")},
       {"from", typed("string")},
       {"to", typed("string")},
       {"contract", orNull(typed("string"))},
       {"function", typed("string")},
       {"arguments", namedSchema()},
       {"calls", listSchema(objectSchema({{"function", typed("string")}, {"arguments", namedSchema()}}))},
       {"calls_left_out", typed("integer")},
       {"currency", typed("string")},
       {"value", digits()},
       {"fee", digits()},
       {"max_fee", digits()},
       {"gas", typed("integer")},
       {"estimated", typed("boolean")}});
}

}  // namespace

void showPlan(const app::Plan& plan, const Arguments& arguments, Output& output) {
  arguments.has("json") ? output.json(app::toJson(plan)) : output.result(render(plan));
}

Json planSchema() {
  const Json sum = objectSchema({{"decimals", typed("integer")},
                                 {"value", digits()},
                                 {"fee", digits()},
                                 {"max_fee", digits()},
                                 {"total", digits()},
                                 {"max_total", digits()}});
  const Json read = objectSchema({{"name", typed("string")}, {"subject", typed("string")}, {"value", Json::object()}});
  const Json plan =
      objectSchema({{"command", typed("string")},
                    {"chain_id", orNull(typed("integer"))},
                    {"signer", orNull(typed("string"))},
                    {"reads", listSchema(read)},
                    {"transactions", listSchema(transactionSchema())},
                    {"actions", listSchema(objectSchema({{"name", typed("string")}, {"facts", typed("object")}}))},
                    {"sums", {{"type", "object"}, {"additionalProperties", sum}}}});
  return objectSchema({{"plan", plan}});
}

}  // namespace peaqos::cli
