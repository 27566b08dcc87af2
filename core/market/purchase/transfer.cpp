// A payment by the wallet: a transfer of tokens, journalled before it leaves.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "evm/sender.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

evm::Sender senderFor(const PurchaseWork& work, evm::RpcClient& rpc, std::uint64_t chainId) {
  return {rpc,
          work.tools.journal,
          work.tools.clock,
          work.tools.conversation,
          {.chainId = chainId,
           .receiptTimeout = work.tools.nodes.receiptTimeout,
           .errors = {},
           .currency = nativeCurrency(chainId)}};
}

Json transferFacts(const PurchaseWork& work, const TokenTransfer& transfer, const PaymentTerms& terms) {
  return {{"order_id", work.id()},
          {"service_id", work.request.serviceId},
          {"chain", terms.chain},
          {"token", evm::toChecksum(transfer.token)},
          {"recipient", evm::toChecksum(transfer.recipient)},
          {"amount", exactAmount(transfer.units, transfer.decimals)}};
}

Task<std::string> transferred(PurchaseWork& work, const evm::Receipt& receipt, Json facts, const PaymentTerms& terms) {
  std::string hash = toHex0x(receipt.transaction);
  facts["from"] = evm::toChecksum(work.tools.wallet ? work.tools.wallet->signer.address() : evm::Address{});
  Json shown = facts;
  facts.erase("from");
  co_await work.log.paymentDone(work.id(), hash, std::move(facts));
  shown["tx_hash"] = hash;
  shown["money"] = terms.amount;
  shown["currency"] = terms.facts()["currency"];
  work.report(0, "payment_transfer", "confirmed", std::move(shown));
  co_return hash;
}

}  // namespace

Task<std::string> sendTransfer(PurchaseWork& work, TokenTransfer& transfer, const PaymentTerms& terms) {
  work.report(3, "payment_transfer", "started");
  work.report(0, "payment_transfer", "signing",
              {{"wallet", work.tools.wallet->name}, {"chain", chainLabel(terms.chain)}});
  evm::Sender sender = senderFor(work, transfer.rpc, transfer.chainId);
  const evm::Intent intent{
      .step = kPaymentStep,
      .to = transfer.token,
      .value = {},
      .data = transferCalldata(transfer.recipient, transfer.units),
      .facts = transferFacts(work, transfer, terms),
      .function = kTransferFunction,
      .arguments = Json::array({{"to", evm::toChecksum(transfer.recipient)}, {"value", transfer.units.toDecimal()}})};
  const evm::Receipt receipt = co_await sender.send(intent, work.tools.wallet->signer);
  co_return co_await transferred(work, receipt, intent.facts, terms);
}

Task<std::optional<std::string>> settleTransfer(PurchaseWork& work, Json row, const PaymentTerms& terms) {
  const std::string hash = textOrEmpty(row, "tx_hash");
  const Json* chain = findMember(row, "chain_id");
  const auto chainId = chain ? toUint64(*chain) : std::nullopt;
  if (!chainId) throw inputError("BAD_JOURNAL_ROW", "peaqos.log does not say on which chain " + hash + " was sent");
  work.report(0, "earlier_write", "note", {{"step", kPaymentStep}, {"tx_hash", hash}});
  evm::RpcClient rpc = co_await nodeOf(work.tools.nodes, *chainId);
  evm::Sender sender = senderFor(work, rpc, *chainId);
  Json facts = row;
  for (const char* member : {"raw_tx", "nonce", "intent", "chain_id", "ts", "status", "step", "address", "tx_hash"}) {
    facts.erase(member);
  }
  const auto receipt = co_await sender.settle(std::move(row));
  if (receipt) co_return co_await transferred(work, *receipt, std::move(facts), terms);
  co_return std::nullopt;
}

}  // namespace peaqos::market
