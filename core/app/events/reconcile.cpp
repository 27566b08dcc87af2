// SPDX-License-Identifier: Apache-2.0
#include "app/events/reconcile.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "evm/log_reader.hpp"
#include "peaq/batch.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kMachinesAtOnce = 100, kTransactionsAtOnce = 50;

}  // namespace

Task<void> ChainEvents::read(std::set<evm::U256> machines, std::uint64_t fromBlock) {
  if (machines.empty()) co_return;
  const auto head = co_await rpc_.read({{"eth_blockNumber"}});
  const std::uint64_t last = evm::uint64Of(head[0], "the latest block's number");
  const std::vector<evm::U256> all(machines.begin(), machines.end());
  evm::LogReader reader(rpc_, sender_.registry);
  for (std::size_t at = 0; at < all.size(); at += kMachinesAtOnce) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(at + kMachinesAtOnce, all.size()));
    const Json topics = peaq::submittedTopics(std::vector<evm::U256>(begin, end));
    for (std::uint64_t first = fromBlock; first <= last;) {
      const evm::LogRange range = co_await reader.read(topics, first, last);
      co_await readTransactions(newTransactions(range.logs));
      first = range.last + 1;
    }
  }
}

// Those behind logs that were not seen before.
std::vector<Hash256> ChainEvents::newTransactions(const Json& logs) {
  std::vector<Hash256> found;
  for (const Json& log : logs) {
    const auto hash = fromHexExactly<32>(textOrEmpty(log, "transactionHash"));
    if (hash && seen_.insert(*hash).second) found.push_back(*hash);
  }
  return found;
}

Task<void> ChainEvents::readTransactions(std::vector<Hash256> hashes) {
  for (std::size_t at = 0; at < hashes.size(); at += kTransactionsAtOnce) {
    const auto begin = hashes.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end = hashes.begin() + static_cast<std::ptrdiff_t>(std::min(at + kTransactionsAtOnce, hashes.size()));
    co_await readSome({begin, end});
  }
}

Task<void> ChainEvents::readSome(std::vector<Hash256> hashes) {
  std::vector<evm::RpcCall> calls;
  for (const Hash256& hash : hashes) {
    calls.push_back({"eth_getTransactionByHash", Json::array({toHex0x(hash)})});
    calls.push_back(evm::receiptCall(hash));
  }
  const auto replies = co_await rpc_.read(std::move(calls));
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const Json& transaction = evm::valueOf(replies[2 * i], "transaction " + toHex0x(hashes[i]));
    const auto receipt = evm::receiptFrom(replies[2 * i + 1], hashes[i]);
    const auto from = evm::parseAddress(textOrEmpty(transaction, "from"));
    const auto to = evm::parseAddress(textOrEmpty(transaction, "to"));
    const auto data = fromHex(textOrEmpty(transaction, "input"));
    if (from != sender_.signer || !to || !data || !receipt || !receipt->succeeded) continue;
    Place place{.hash = toHex0x(hashes[i]), .block = receipt->block};
    if (*to == sender_.registry) {
      place.eventIndex = peaq::callResult(*receipt, sender_.registry).eventIndex;
      addCall(*to, *data, place);
      continue;
    }
    const auto batch = *to == precompile_ ? peaq::readBatch(*data) : std::nullopt;
    if (!batch) continue;
    const auto results = peaq::batchResults(*receipt, precompile_, sender_.registry, batch->size());
    for (std::size_t call = 0; call < batch->size(); ++call) {
      if (!results[call].succeeded) continue;
      place.eventIndex = results[call].eventIndex;
      addCall((*batch)[call].to, (*batch)[call].data, place);
    }
  }
}

void ChainEvents::addCall(const evm::Address& to, Bytes call, Place place) {
  if (to != sender_.registry) return;
  const EventLine line{.call = std::move(call)};
  const LineKey key = keyOf(line, sender_.chainId, sender_.signer, sender_.registry);
  places_.insert(key, {}).first->push_back(std::move(place));
  ++count_;
}

std::optional<Place> ChainEvents::take(const EventLine& line) {
  EventLine content = line;
  content.id.clear();
  const LineKey key = keyOf(content, sender_.chainId, sender_.signer, sender_.registry);
  std::vector<Place>& found = *places_.insert(key, {}).first;
  if (found.empty()) return std::nullopt;
  Place place = std::move(found.front());
  found.erase(found.begin());
  return place;
}

}  // namespace peaqos::app
