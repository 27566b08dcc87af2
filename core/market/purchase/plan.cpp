// What a purchase would do, from reads alone.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"
#include "market/orders.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

void require(PurchasePlan& plan, std::string name, Json facts) {
  plan.requests.push_back({.name = std::move(name), .facts = std::move(facts)});
}

std::string payer(const PurchaseWork& work, const std::string& chain) {
  if (work.request.given) return "given";
  return work.tools.wallet && walletCanPay(chain) ? "wallet" : "hand";
}

// An order that is still to be made: its payment's terms come with it.
void planNewOrder(const PurchaseWork& work, PurchasePlan& plan) {
  require(plan, "place_order",
          {{"body", requestBody(work.request)}, {"credentials", !work.request.credentials.is_null()}});
  require(plan, "pay_order",
          {{"by", work.request.given  ? "given"
                  : work.tools.wallet ? "wallet"
                                      : "hand"},
           {"terms", nullptr},
           {"budget", work.request.budget}});
}

Task<void> planTransfer(PurchaseWork& work, const PaymentTerms& terms, PurchasePlan& plan) {
  TokenTransfer transfer = co_await prepareTransfer(work.tools.nodes, terms, work.tools.wallet->signer.address());
  co_await withinBudget(work, terms, transfer);
  evm::Outbox outbox = work.tools.outbox(transfer.rpc, transfer.chainId);
  evm::Intent intent = transferIntent(work, transfer, terms);
  const evm::Rehearsal rehearsal = co_await outbox.rehearse({intent}, work.tools.wallet->signer.address());
  const auto& only = rehearsal.transactions[0];
  if (const auto* reverted = std::get_if<evm::RevertError>(&only)) throw evm::RevertError(*reverted);
  if (const auto* error = std::get_if<Error>(&only)) throw Error(*error);
  plan.transfer = PurchasePlan::Transfer{.intent = std::move(intent),
                                         .rehearsed = std::get<evm::RehearsedTransaction>(only),
                                         .chainId = transfer.chainId,
                                         .currency = nativeCurrency(transfer.chainId),
                                         .token = terms.token.empty() ? evm::toChecksum(transfer.token) : terms.token,
                                         .decimals = transfer.decimals,
                                         .units = transfer.units,
                                         .balance = transfer.balance};
}

Task<void> planPayment(PurchaseWork& work, PurchasePlan& plan) {
  work.payment = co_await payment(work.tools.api, work.id());
  plan.payment = work.payment;
  if (work.isPaid() || textOrEmpty(work.payment, "status") == "not_required") co_return;
  if (work.payment.is_null()) {
    require(plan, "payment_intent", {{"order_id", work.id()}});
    require(plan, "pay_order",
            {{"by", payer(work, toCaip2(textOrEmpty(work.order["payment"], "chain")))},
             {"terms", nullptr},
             {"budget", work.request.budget}});
    co_return;
  }
  const PaymentTerms terms(work.payment);
  const auto earlier = co_await work.log.payment(work.id());
  if (earlier) {
    const std::string hash = earlier->transaction ? earlier->transaction->hash : textOrEmpty(earlier->facts, "tx_hash");
    require(plan, "report_payment", {{"order_id", work.id()}, {"tx_hash", hash}});
    co_return;
  }
  const std::string by = payer(work, terms.chain);
  if (by == "wallet") co_await planTransfer(work, terms, plan);
  require(plan, "pay_order", {{"by", by}, {"terms", terms.facts()}, {"budget", work.request.budget}});
  Json report{{"order_id", work.id()}};
  if (work.request.given) report["tx_hash"] = work.request.given->transaction;
  require(plan, "report_payment", std::move(report));
}

}  // namespace

Task<PurchasePlan> planPurchase(PurchaseRequest request, PurchaseTools tools) {
  request.unattended = true;  // a plan asks nothing
  PurchaseWork work(std::move(request), std::move(tools));
  PurchasePlan plan;
  if (const auto earlier = co_await work.log.unfinished()) {
    if (!earlier->orderId.empty()) {
      work.order = co_await order(work.tools.api, earlier->orderId);
    } else {
      co_await findInList(work, *earlier);
    }
  }
  plan.order = work.order;
  if (work.order.is_null()) {
    planNewOrder(work, plan);
  } else {
    co_await planPayment(work, plan);
  }
  Json facts = Json::object();
  if (!work.order.is_null()) facts["order_id"] = work.id();
  require(plan, "execute_order", std::move(facts));
  co_return plan;
}

}  // namespace peaqos::market
