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

// The transaction that pays: given, of an earlier run, sent now as `transfer`, or told by a person.
Task<std::string> transactionFor(PurchaseWork& work, const PaymentTerms& terms, std::optional<Json> earlier,
                                 std::optional<TokenTransfer>& transfer) {
  if (work.request.given) co_return work.request.given->transaction;
  if (earlier) {
    const bool settled = textOrEmpty(*earlier, "status") != "pending" || textOrEmpty(*earlier, "raw_tx").empty();
    if (settled) co_return textOrEmpty(*earlier, "tx_hash");
    if (auto hash = co_await settleTransfer(work, std::move(*earlier), terms)) co_return std::move(*hash);
    if (work.tools.wallet) {
      transfer.emplace(co_await prepareTransfer(work.tools.nodes, terms, work.tools.wallet->signer.address()));
    }
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
  if (byWallet && !earlier) {
    transfer.emplace(co_await prepareTransfer(work.tools.nodes, terms, work.tools.wallet->signer.address()));
  }
  Json due = terms.facts();
  due["by"] = byWallet ? "wallet" : work.request.given ? "given" : "hand";
  if (transfer) due.update(transfer->facts());
  if (!co_await agreed(work, "Proceed with payment and order execution?", std::move(due))) co_return false;

  PaymentProof proof{.transaction = co_await transactionFor(work, terms, std::move(earlier), transfer),
                     .chain = work.request.given ? toCaip2(work.request.given->chain) : terms.chain,
                     .token = work.request.given ? work.request.given->token : terms.token};
  if (proof.token.empty() && !work.request.given) proof.token = terms.currency;
  co_await prove(work, terms, std::move(proof), byWallet, transfer);
  co_return true;
}

}  // namespace peaqos::market
