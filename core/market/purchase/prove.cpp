// Telling the Machine Market how a purchase was paid.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

// Refusals that speak of the transaction itself: another one may do.
bool disprovesTransaction(const std::string& code) {
  return isOneOf(code, {"PAYMENT_TX_FAILED", "PAYMENT_TRANSFER_NOT_FOUND", "VALIDATION_ERROR"});
}

// The exact amount, where it can be known: a proof of somebody else's transaction needs no node.
Task<void> addUnits(const PurchaseWork& work, const PaymentTerms& terms, PaymentProof& proof) {
  const auto chainId = evmChainId(proof.chain);
  const auto token = evm::parseAddress(terms.tokenAddress);
  if (!chainId || !token) co_return;
  std::optional<unsigned> decimals = decimalsFrom(terms.metadata);
  try {
    if (!decimals) {
      evm::RpcClient rpc = co_await nodeOf(work.tools.nodes, *chainId);
      decimals = co_await tokenDecimals(rpc, *token, terms.metadata);
    }
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Network) throw;
  }
  if (!decimals) co_return;
  auto units = unitsFrom(terms.metadata);
  if (!units) units = toUnits(terms.amount, *decimals);
  if (!units) co_return;
  proof.decimals = decimals;
  proof.units = units;
}

}  // namespace

Task<void> prove(PurchaseWork& work, PaymentTerms terms, PaymentProof proof, bool byWallet,
                 std::optional<TokenTransfer> transfer) {
  work.current = terms.isEscrow ? "escrow lock" : "payment proof";
  if (!byWallet) co_await work.log.paymentGiven(work.id(), proof.transaction, proof.chain);
  work.report(4, terms.isEscrow ? "escrow_lock" : "payment_proof", "started");
  if (proof.chain.empty()) throw networkError("BAD_PAYMENT", "the payment names no chain");
  if (transfer) {
    proof.decimals = transfer->decimals;
    proof.units = transfer->units;
  } else if (!terms.isEscrow) {
    co_await addUnits(work, terms, proof);
  }
  std::optional<Refusal> refused;
  try {
    work.payment = co_await reportPayment(work.tools.api, work.id(), terms, proof);
  } catch (const Refusal& refusal) {
    refused = refusal;
  }
  if (refused && !byWallet && disprovesTransaction(refused->code)) {
    co_await work.log.paymentRefused(work.id(), proof.transaction, refused->code);
  }
  if (refused) throw *refused;
  if (!byWallet) co_await work.log.paymentTaken(work.id(), proof.transaction, proof.chain);
}

}  // namespace peaqos::market
