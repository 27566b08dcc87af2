// The halves of a transaction that is prepared here and signed elsewhere.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <utility>

#include "evm/outbox.hpp"

namespace peaqos::evm {

Task<Transaction> Outbox::prepare(Intent intent, Address from, Preflight preflight) {
  std::vector<RpcCall> calls = preflight.calls;
  std::ranges::move(preparationCalls({&intent, 1}, from), std::back_inserter(calls));
  const auto replies = co_await tools_.rpc.read(std::move(calls));
  const auto own = std::span(replies).first(preflight.calls.size());
  const auto prepared = std::span(replies).subspan(own.size());
  if (preflight.check) settings_.chainId = preflight.check(own, latestBlock(prepared));
  const Preparation account = readPreparation(prepared, from, settings_.errors);
  Transaction transaction = priced(intent, account.estimates[0], account, from, settings_.limits);
  const ledger::Ledger::View view = co_await tools_.ledger.view();
  transaction.chainId = settings_.chainId;
  transaction.nonce = freeNonce(view, from, account.nonce);
  co_return transaction;
}

}  // namespace peaqos::evm
