// The outbox for several accounts at once.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "evm/lane.hpp"
#include "evm/outbox.hpp"

namespace peaqos::evm {

// In one order for everybody: two runs that want the same lanes never wait for each other in a circle.
Task<std::vector<std::unique_ptr<host::FileLock>>> Outbox::enterLanes(std::span<const Order> orders) {
  std::vector<Address> accounts;
  for (const Order& order : orders) accounts.push_back(order.signer->address());
  std::ranges::sort(accounts);
  std::vector<std::unique_ptr<host::FileLock>> lanes;
  for (const Address& account : accounts) lanes.push_back(co_await enterUnless(false, account));
  co_return lanes;
}

Task<std::vector<Outcome>> Outbox::sendEach(std::vector<Order> orders) {
  std::vector<Outcome> outcomes(orders.size());
  if (orders.empty()) co_return outcomes;
  if (tools_.conversation.approves()) {  // each is asked about, and no lane may be held meanwhile
    for (std::size_t i = 0; i < orders.size(); ++i) {
      std::vector<Intent> intents{orders[i].intent};
      outcomes[i] = std::move((co_await sendAll(std::move(intents), *orders[i].signer))[0]);
    }
    co_return outcomes;
  }
  std::vector<Departure> departures;
  for (const Order& order : orders) departures.push_back({order.signer->address(), &order.intent});
  std::vector<Flight> flights;
  {
    const auto lanes = co_await enterLanes(orders);
    const ledger::Ledger::View view = co_await tools_.ledger.view();
    const auto replies = co_await tools_.rpc.read(preparationCalls(departures));
    for (std::size_t i = 0; i < orders.size(); ++i) {
      Signer& signer = *orders[i].signer;
      const Preparation account = readPreparation(repliesFor(replies, i), signer.address(), settings_.errors);
      U256 spent;
      auto ready = price(std::span(&orders[i].intent, 1), std::span(&outcomes[i], 1), account, signer.address(), spent);
      for (Ready& each : ready) each.index = i;
      const std::uint64_t nonce = freeNonce(view, signer.address(), account.nonce);
      if (!ready.empty()) co_await sign(std::move(ready), signer, nonce, account.blockNumber, flights);
    }
    if (flights.empty()) co_return outcomes;
    co_await record(flights);
    co_await broadcast(flights);
  }
  co_await track(flights);
  for (Flight& flight : flights) {
    const std::size_t index = flight.index;
    outcomes[index] = co_await conclude(std::move(flight));
  }
  co_return outcomes;
}

}  // namespace peaqos::evm
