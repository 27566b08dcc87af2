// The ceiling that a budget puts on a payment.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/conversation.hpp"
#include "market/amounts.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

constexpr unsigned kCompared = 18;  // decimals in which two amounts are compared

// What a payment is too much for, in words; empty if it is within the budget. `transfer` is what would really be sent:
// the terms' own words need not agree with it.
std::string excess(const Json& budget, const PaymentTerms& terms, const std::optional<TokenTransfer>& transfer) {
  const Json* amount = findMember(budget, "amount");
  if (!amount) return {};
  const std::string currency = textOrEmpty(budget, "currency");
  const std::string limit =
      plainDecimal(*amount).value_or(dumpJson(*amount)) + (currency.empty() ? "" : " " + currency);
  if (!currency.empty() && !terms.currency.empty() && currency != terms.currency) {
    return "the payment is in " + printable(terms.currency) + ", and the budget in " + printable(currency);
  }
  const auto most = toUnits(*amount, kCompared);
  const auto asked = terms.amount.is_null() ? std::nullopt : toUnits(terms.amount, kCompared);
  if (most && asked && *asked > *most) {
    return "the payment of " + plainDecimal(terms.amount).value_or("") + " " + printable(terms.currency) +
           " is above the budget of " + limit;
  }
  const auto mostUnits = transfer ? toUnits(*amount, transfer->decimals) : std::nullopt;
  if (mostUnits && transfer->units > *mostUnits) {
    return "the transfer of " + exactAmount(transfer->units, transfer->decimals) + " " + printable(terms.token) +
           " is above the budget of " + limit;
  }
  return {};
}

}  // namespace

Task<bool> withinBudget(PurchaseWork& work, PaymentTerms terms, std::optional<TokenTransfer> transfer) {
  if (work.request.budget.is_null() || work.request.given) co_return true;
  const std::string problem = excess(work.request.budget, terms, transfer);
  if (problem.empty()) co_return true;
  if (work.request.unattended) {
    throw inputError("BUDGET_EXCEEDED", problem + ". Nothing was paid",
                     "Raise the budget, or run without " + work.request.yesName + " to decide yourself");
  }
  work.asking = true;
  host::Question question{.name = "confirm_budget",
                          .text = "Note: " + problem + ". Pay all the same?",
                          .instead = "Raise the budget; order " + work.id() + " stays open",
                          .personOnly = true,
                          .facts = {{"order_id", work.id()}, {"problem", problem}, {"payment", terms.facts()}}};
  const bool yes = co_await host::confirm(work.tools.conversation, std::move(question));
  work.asking = false;
  co_return yes;
}

}  // namespace peaqos::market
