// SPDX-License-Identifier: Apache-2.0
#include "app/events/known_lines.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "app/events/known_event.hpp"
#include "app/events/submit_event.hpp"

namespace peaqos::app {
namespace {

constexpr char kEvents[] = "events", kOutcomes[] = "outcomes", kBlock[] = "block";
constexpr std::uint64_t kNoIndex = std::numeric_limits<std::uint64_t>::max();

std::optional<LineKey> keyFrom(const Json& text) {
  return text.is_string() ? fromHexExactly<sizeof(LineKey)>(text.get_ref<const std::string&>()) : std::nullopt;
}

std::optional<std::uint64_t> blockOf(const Json& facts) {
  const Json* block = findMember(facts, kBlock);
  return block ? toUint64(*block) : std::nullopt;
}

}  // namespace

Json factsOf(const std::vector<LineKey>& keys) {
  Json events = Json::array();
  for (const LineKey& key : keys) events.push_back(toHex(key));
  return {{kEvents, std::move(events)}};
}

Json factsOf(Json facts, std::uint64_t block, const std::vector<peaq::CallResult>& results) {
  Json outcomes = Json::array();
  for (const peaq::CallResult& result : results) {
    outcomes.push_back(result.succeeded && result.eventIndex ? Json(*result.eventIndex) : Json(result.succeeded));
  }
  facts[kOutcomes] = std::move(outcomes);
  facts[kBlock] = block;
  return facts;
}

std::vector<LineKey> keysOf(const Json& facts) {
  std::vector<LineKey> keys;
  const Json* events = findMember(facts, kEvents);
  for (const Json& text : events && events->is_array() ? *events : Json::array()) {
    if (const auto key = keyFrom(text)) keys.push_back(*key);
  }
  return keys;
}

void KnownLines::add(const LineKey& key, Place place) {
  if (transactions_.empty() || transactions_.back().hash != place.hash ||
      transactions_.back().pending != place.pending) {
    transactions_.push_back({std::move(place.hash), place.block, place.pending});
  }
  const Entry entry{place.eventIndex.value_or(kNoIndex), static_cast<std::uint32_t>(transactions_.size() - 1)};
  const auto [there, added] = lines_.insert(key, entry);
  if (!added) *there = entry;
}

std::optional<Place> KnownLines::find(const LineKey& key) const {
  const Entry* found = lines_.find(key);
  if (!found) return std::nullopt;
  const Transaction& transaction = transactions_[found->transaction];
  Place place{.hash = transaction.hash, .block = transaction.block, .pending = transaction.pending};
  if (found->eventIndex != kNoIndex) place.eventIndex = found->eventIndex;
  return place;
}

void KnownLines::addRow(const ledger::Row& row) {
  const Json* events = findMember(row.facts, kEvents);
  const Json* outcomes = findMember(row.facts, kOutcomes);
  if (row.step != kSubmitEventsStep || row.status != ledger::Status::Confirmed || !events || !outcomes) return;
  if (!events->is_array() || !outcomes->is_array()) return;
  for (std::size_t i = 0; i < std::min(events->size(), outcomes->size()); ++i) {
    const auto key = keyFrom((*events)[i]);
    const Json& outcome = (*outcomes)[i];
    if (!key || outcome == Json(false)) continue;
    add(*key,
        {.hash = textOrEmpty(row.facts, "tx_hash"), .block = blockOf(row.facts), .eventIndex = toUint64(outcome)});
  }
}

Task<void> KnownLines::readFiles(ledger::Ledger& ledger, std::string needle) {
  co_await ledger.scan(std::move(needle), [this](const ledger::Row& row) { addRow(row); });
}

Task<void> KnownLines::read(ledger::Ledger& ledger, std::uint64_t chainId, evm::Address account) {
  // Keys hold chain and account: those of others are never asked for.
  co_await readFiles(ledger, "\"outcomes\"");
  std::map<std::string, std::string> ids;  // by the hashes of signed versions
  co_await ledger.scan("\"idempotency_key\"", [&](const ledger::Row& row) {
    const std::string id = textOrEmpty(row.facts, kIdempotencyKey);
    if (row.step != kSubmitEventStep || id.empty()) return;
    if (row.transaction) {
      const bool ours = row.transaction->chainId == chainId && evm::parseAddress(row.transaction->account) == account;
      if (!ours) return;
      ids[row.transaction->hash] = id;
      for (const std::string& earlier : row.transaction->replaces) ids[earlier] = id;
      return;
    }
    const std::string hash = textOrEmpty(row.facts, "tx_hash");
    const bool ended = row.status == ledger::Status::Confirmed && ids.contains(hash) && ids[hash] == id;
    if (ended) add(keyOfId(id, chainId, account), {.hash = hash});
  });
}

}  // namespace peaqos::app
