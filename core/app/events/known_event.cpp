// SPDX-License-Identifier: Apache-2.0
#include "app/events/known_event.hpp"

#include <algorithm>
#include <utility>

#include "app/events/known_lines.hpp"
#include "app/events/submit_event.hpp"
#include "base/error.hpp"

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

Task<std::optional<std::string>> findInFiles(ledger::Ledger& ledger, std::string key, evm::Address account,
                                             std::uint64_t chainId) {
  const LineKey line = keyOfId(key, chainId, account);
  for (const ledger::Row& row : (co_await ledger.view()).open) {
    const std::vector<LineKey> lines = row.step == kSubmitEventsStep ? keysOf(row.facts) : std::vector<LineKey>();
    if (std::ranges::find(lines, line) == lines.end()) continue;
    throw networkError(
        "RECEIPT_PENDING",
        "the event with this key is under way in transaction " + row.transaction->hash + " of a file of events",
        "Run the command that sent the file again, then this one");
  }
  KnownLines known;
  co_await known.readFiles(ledger, toHex(line));
  const auto place = known.find(line);
  co_return place ? std::optional(place->hash) : std::nullopt;
}

}  // namespace peaqos::app
