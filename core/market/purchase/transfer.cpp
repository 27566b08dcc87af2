// A payment by the wallet: a transfer of tokens, in the ledger before it leaves.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.hpp"
#include "market/amounts.hpp"
#include "market/chains.hpp"
#include "market/purchase/work.hpp"

namespace peaqos::market {
namespace {

Json transferFacts(const PurchaseWork& work, const TokenTransfer& transfer, const PaymentTerms& terms) {
  return {{"order_id", work.id()},
          {"service_id", work.request.serviceId},
          {"machine_id", work.request.machineId},
          {"chain", terms.chain},
          {"token", evm::toChecksum(transfer.token)},
          {"recipient", evm::toChecksum(transfer.recipient)},
          {"amount", exactAmount(transfer.units, transfer.decimals)}};
}

Task<std::string> transferred(PurchaseWork& work, evm::Outbox& outbox, evm::Mined mined, const PaymentTerms& terms) {
  std::string hash = toHex0x(mined.receipt.transaction);
  co_await outbox.confirm(mined, mined.facts);
  Json shown = std::move(mined.facts);
  shown["from"] = evm::toChecksum(work.tools.wallet ? work.tools.wallet->signer.address() : evm::Address{});
  shown["money"] = terms.amount;
  shown["currency"] = terms.facts()["currency"];
  work.report(0, "payment_transfer", "confirmed", std::move(shown));
  co_return hash;
}

}  // namespace

evm::Intent transferIntent(const PurchaseWork& work, const TokenTransfer& transfer, const PaymentTerms& terms) {
  return {
      .step = kPaymentStep,
      .to = transfer.token,
      .value = {},
      .data = transferCalldata(transfer.recipient, transfer.units),
      .facts = transferFacts(work, transfer, terms),
      .function = kTransferFunction,
      .arguments = Json::array({{"to", evm::toChecksum(transfer.recipient)}, {"value", transfer.units.toDecimal()}}),
      .identity = work.id()};
}

Task<std::string> sendTransfer(PurchaseWork& work, TokenTransfer& transfer, const PaymentTerms& terms) {
  work.report(3, "payment_transfer", "started");
  work.report(0, "payment_transfer", "signing",
              {{"wallet", work.tools.wallet->name}, {"chain", chainLabel(terms.chain)}});
  evm::Outbox outbox = work.tools.outbox(transfer.rpc, transfer.chainId);
  evm::Mined mined = co_await outbox.send(transferIntent(work, transfer, terms), work.tools.wallet->signer);
  co_return co_await transferred(work, outbox, std::move(mined), terms);
}

Task<std::optional<std::string>> settleTransfer(PurchaseWork& work, ledger::Row row, const PaymentTerms& terms) {
  work.report(0, "earlier_write", "note", {{"step", kPaymentStep}, {"tx_hash", row.transaction->hash}});
  const std::uint64_t chainId = row.transaction->chainId;
  evm::RpcClient rpc = co_await nodeOf(work.tools.nodes, chainId);
  evm::Outbox outbox = work.tools.outbox(rpc, chainId);
  evm::Signer* signer = work.tools.wallet ? &work.tools.wallet->signer : nullptr;
  auto mined = co_await outbox.settle(std::move(row), signer);
  if (!mined) co_return std::nullopt;
  co_return co_await transferred(work, outbox, std::move(*mined), terms);
}

}  // namespace peaqos::market
