// The payment of a purchase: on which record, by whom, and with whose agreement.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "host/conversation.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

// Where nobody can be asked for a transaction, there is no way to pay.
void refuseWithoutHash(const PurchaseWork& work, const std::string& chain) {
  if (!work.request.unattended) return;
  const std::string why = walletCanPay(chain) ? "no OWS wallet is set (PEAQOS_OWS_WALLET)"
                                              : "an OWS wallet cannot pay on " + chainLabel(chain);
  throw networkError(
      "PAYMENT_HASH_REQUIRED", why + ", and nobody can be asked for a transaction's hash",
      "Pay, then give the hash with " + work.request.hashName + "; or run without " + work.request.yesName);
}

// The payment record: a new intent, but for an order whose payment may be under way on the one that there is.
Task<void> ensureRecord(PurchaseWork& work, bool underWay) {
  const bool keep = !work.payment.is_null() && (underWay || work.continued);
  if (work.request.withoutIntent && work.payment.is_null()) {
    work.current = "payment lookup";
    throw networkError("NOT_FOUND", "the order has no payment record yet", "Leave --skip-payment out");
  }
  if (work.request.withoutIntent || keep) co_return;
  work.current = "payment intent";
  const std::string chain = toCaip2(textOrEmpty(work.order["payment"], "chain"));
  if (!work.request.given && !underWay && !(work.tools.wallet && walletCanPay(chain))) {
    work.current = "payment transfer";
    refuseWithoutHash(work, chain);
    work.current = "payment intent";
  }
  work.report(2, "payment_intent", "started");
  work.payment = co_await createIntent(work.tools.api, work.order);
}

Task<std::string> askForHash(PurchaseWork& work, std::string chain) {
  work.report(3, "payment_transfer", "started");
  host::Question question{.name = "payment_hash",
                          .text = "Hash of the payment's transaction",
                          .instead = "Give it with " + work.request.hashName,
                          .facts = {{"order_id", work.id()}, {"chain", chain}}};
  std::string hash = co_await host::ask(work.tools.conversation, std::move(question), [](const std::string& given) {
    return given.empty() ? std::string("Paste the hash of the transaction that paid") : std::string();
  });
  co_return hash;
}

bool isOpen(const ledger::Row& row) { return row.transaction.has_value(); }

// An earlier run's transfer came to nothing for certain. Whoever paid before decides whether to pay now.
Error replacedPayment(const PurchaseWork& work, const std::string& hash) {
  return networkError("TX_REPLACED",
                      "the transfer " + hash + " that an earlier run signed for order " + work.id() +
                          " had no effect: another transaction of the account took its place. Nothing was paid",
                      "Run the command again to pay the order");
}

Task<TokenTransfer> prepare(PurchaseWork& work, const PaymentTerms& terms) {
  co_return co_await prepareTransfer(work.tools.nodes, terms, work.tools.wallet->signer.address());
}

Json dueFacts(const PurchaseWork& work, const PaymentTerms& terms, bool byWallet,
              const std::optional<TokenTransfer>& transfer) {
  Json due = terms.facts();
  due["by"] = byWallet ? "wallet" : work.request.given ? "given" : "hand";
  if (transfer) due.update(transfer->facts());
  return due;
}

// Pays by a transfer, once the user agreed to these very terms; empty when the user did not.
Task<std::string> payAnew(PurchaseWork& work, const PaymentTerms& terms, std::optional<TokenTransfer>& transfer) {
  transfer.emplace(co_await prepare(work, terms));
  const bool yes =
      co_await withinBudget(work, terms, transfer) &&
      co_await agreed(work, "Proceed with payment and order execution?", dueFacts(work, terms, true, transfer));
  if (!yes) co_return std::string();
  co_return co_await sendTransfer(work, *transfer, terms);
}

// The transaction that pays: given, of an earlier run, sent now as `transfer`, or named by a person. Empty when the
// user does not want to pay.
Task<std::string> transactionFor(PurchaseWork& work, const PaymentTerms& terms, std::optional<ledger::Row> earlier,
                                 std::optional<TokenTransfer>& transfer) {
  if (work.request.given) co_return work.request.given->transaction;
  if (earlier) {
    if (!isOpen(*earlier)) co_return textOrEmpty(earlier->facts, "tx_hash");
    const std::string hash = earlier->transaction->hash;
    if (auto settled = co_await settleTransfer(work, std::move(*earlier), terms)) co_return std::move(*settled);
    if (work.request.unattended) throw replacedPayment(work, hash);
    if (work.tools.wallet) co_return co_await payAnew(work, terms, transfer);
  }
  if (transfer) co_return co_await sendTransfer(work, *transfer, terms);
  co_return co_await askForHash(work, terms.chain);
}

}  // namespace

Task<bool> pay(PurchaseWork& work) {
  if (work.isPaid()) {
    work.current = "execute";
    co_return co_await agreed(work, "Proceed with order execution?", nullptr);
  }
  auto earlier = co_await work.log.payment(work.id());
  co_await ensureRecord(work, earlier.has_value());
  const PaymentTerms terms(work.payment);
  work.current = "payment transfer";
  const bool byWallet = work.tools.wallet && walletCanPay(terms.chain) && !work.request.given;
  if (!byWallet && !work.request.given && !earlier) refuseWithoutHash(work, terms.chain);

  std::optional<TokenTransfer> transfer;
  if (byWallet && !earlier) transfer.emplace(co_await prepare(work, terms));
  if (!earlier && !co_await withinBudget(work, terms, transfer)) co_return false;
  Json due = dueFacts(work, terms, byWallet, transfer);
  if (!co_await agreed(work, "Proceed with payment and order execution?", std::move(due))) co_return false;

  PaymentProof proof{.transaction = co_await transactionFor(work, terms, std::move(earlier), transfer),
                     .chain = work.request.given ? toCaip2(work.request.given->chain) : terms.chain,
                     .token = work.request.given ? work.request.given->token : terms.token};
  if (proof.transaction.empty()) co_return false;
  if (proof.token.empty() && !work.request.given) proof.token = terms.currency;
  co_await prove(work, terms, std::move(proof), byWallet, transfer);
  co_return true;
}

}  // namespace peaqos::market
