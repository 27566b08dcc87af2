// SPDX-License-Identifier: Apache-2.0
#include "app/known_event.hpp"

#include <utility>

#include "app/submit_event.hpp"

namespace peaqos::app {

Task<std::optional<KnownEvent>> findByKey(ledger::Ledger& ledger, std::string key, evm::Address account,
                                          std::uint64_t chainId) {
  std::optional<KnownEvent> known;
  co_await ledger.scan(dumpJson(key), [&](ledger::Row row) {
    if (row.step != kSubmitEventStep || textOrEmpty(row.facts, kIdempotencyKey) != key) return;
    if (row.transaction) {
      const bool ours = evm::parseAddress(row.transaction->account) == account &&
                        (chainId == 0 || row.transaction->chainId == chainId);
      if (ours) known = KnownEvent{.pending = std::move(row)};
      return;
    }
    const std::string hash = textOrEmpty(row.facts, "tx_hash");
    if (!known || !known->pending.transaction->has(hash)) return;
    if (row.status == ledger::Status::Failed) known.reset();
    if (row.status == ledger::Status::Confirmed) known->hash = hash;
  });
  co_return known;
}

}  // namespace peaqos::app
