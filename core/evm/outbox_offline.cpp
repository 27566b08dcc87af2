// The halves of a transaction that is prepared here and signed elsewhere, or the other way round.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/text.hpp"
#include "evm/outbox.hpp"

namespace peaqos::evm {
namespace {

std::string numbered(const std::string& hash, std::uint64_t nonce) {
  return "transaction " + hash + " has nonce " + std::to_string(nonce);
}

}  // namespace

Task<Transaction> Outbox::prepare(Intent intent, Address from, Preflight preflight) {
  const Preparation account = co_await readAccount({&intent, 1}, from, preflight);
  Transaction transaction = priced(intent, account.estimates[0], account, from, settings_.limits);
  const ledger::Ledger::View view = co_await tools_.ledger.view();
  transaction.chainId = settings_.chainId;
  transaction.nonce = freeNonces(view, from, account.nonce, 1)[0];
  co_return transaction;
}

Task<Mined> Outbox::sendSigned(Intent intent, ReadSigned signedTransaction) {
  const std::string hash = toHex0x(signedTransaction.hash);
  if (const auto end = co_await endOf(hash)) {
    if (end->status == ledger::Status::Confirmed) {
      co_return co_await earlierMined(std::move(intent), {.intent = {}, .hash = hash, .ts = end->ts});
    }
    throw networkError(
        "TX_ENDED",
        "transaction " + hash + " was sent before and had no effect: " + printable(textOrEmpty(end->facts, "reason")),
        "Prepare and sign a new one");
  }
  std::optional<ledger::Row> open;
  for (ledger::Row& row : (co_await tools_.ledger.view()).open) {
    if (row.transaction->has(hash)) open = std::move(row);
  }
  if (open) {
    if (auto mined = co_await settle(std::move(*open))) co_return std::move(*mined);
    throw networkError("TX_REPLACED", "another transaction took the nonce of " + hash, "Prepare and sign a new one");
  }
  std::vector<Flight> flights = co_await departSigned(intent, signedTransaction);
  co_await track(flights);
  co_return minedOrThrow(co_await conclude(std::move(flights[0])));
}

// The row that ends a transaction of this ledger.
Task<std::optional<ledger::Row>> Outbox::endOf(std::string hash) {
  std::optional<ledger::Row> end;
  co_await tools_.ledger.scan(hash, [&](ledger::Row row) {
    const bool ends = row.status == ledger::Status::Confirmed || row.status == ledger::Status::Failed;
    if (ends && textOrEmpty(row.facts, "tx_hash") == hash) end = std::move(row);
  });
  co_return end;
}

// Whether it has to be broadcast: not when it is in a block already.
Task<bool> Outbox::checkSigned(const Intent& intent, const ReadSigned& signedTransaction) {
  const Transaction& transaction = signedTransaction.transaction;
  const Address& sender = signedTransaction.sender;
  const Hash256& hash = signedTransaction.hash;
  const std::string name = toHex0x(hash);
  const auto replies =
      co_await tools_.rpc.read({chainIdCall(),
                                receiptCall(hash),
                                {"eth_getTransactionCount", Json::array({toChecksum(sender), "latest"})},
                                pendingNonceCall(sender),
                                {"eth_call", Json::array({callObject(intent, sender), "latest"})}});
  if (uint64Of(replies[0], "the chain id") != transaction.chainId) {
    throw networkError("OTHER_CHAIN",
                       "transaction " + name + " is for chain " + std::to_string(transaction.chainId) +
                           ", which the RPC endpoint does not serve",
                       "Set PEAQOS_RPC_URL to a node of that chain");
  }
  if (receiptFrom(replies[1], hash)) co_return false;
  if (uint64Of(replies[2], "the nonce of " + toChecksum(sender)) > transaction.nonce) {
    throw networkError("NONCE_USED", numbered(name, transaction.nonce) + ", which another one has used",
                       "Prepare and sign a new one");
  }
  if (const std::uint64_t next = uint64Of(replies[3], "the nonce of " + toChecksum(sender)); next < transaction.nonce) {
    throw networkError("NONCE_AHEAD",
                       numbered(name, transaction.nonce) + ", and the account's next one is " + std::to_string(next),
                       "Send the account's earlier transactions first");
  }
  const auto* error = std::get_if<RpcError>(&replies[4]);
  if (auto revert = error ? revertFrom(*error, settings_.errors) : std::nullopt) {
    throw RevertError(std::move(*revert), std::nullopt);
  }
  co_return true;
}

Task<std::vector<Flight>> Outbox::departSigned(const Intent& intent, const ReadSigned& signedTransaction) {
  const Transaction& transaction = signedTransaction.transaction;
  const Address& sender = signedTransaction.sender;
  const Hash256& hash = signedTransaction.hash;
  std::vector<Ready> ready;
  ready.push_back({.intent = intent, .from = sender, .transaction = transaction});
  Outcome outcome;
  if (co_await guardAsks()) co_await consider(ready, {&outcome, 1}, toHex0x(hash));
  if (ready.empty()) minedOrThrow(std::move(outcome));
  const std::unique_ptr<host::FileLock> lane = co_await enterUnless(false, sender);
  const bool due = co_await checkSigned(intent, signedTransaction);
  const std::unique_ptr<host::FileLock> counters =
      co_await admit(ready, {&outcome, 1}, /*considered=*/true, toHex0x(hash));
  if (ready.empty()) minedOrThrow(std::move(outcome));
  const SignedTransaction bytes = attachSignature(transaction, signedTransaction.signature);
  std::vector<Flight> flights;
  flights.push_back({.step = intent.step,
                     .facts = intent.facts,
                     .row = {.chainId = transaction.chainId,
                             .account = toChecksum(sender),
                             .nonce = transaction.nonce,
                             .hash = toHex0x(hash),
                             .raw = toHex0x(bytes.raw),
                             .intent = intentHash(intent, transaction.chainId, sender)},
                     .call = callObject(intent, sender)});
  co_await tools_.ledger.append(
      {.step = intent.step, .status = ledger::Status::Pending, .facts = intent.facts, .transaction = flights[0].row});
  if (due) co_await broadcast(flights);
  co_return flights;
}

}  // namespace peaqos::evm
