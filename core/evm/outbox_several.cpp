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
  // A person is asked about each, and no lane may be held meanwhile.
  if (tools_.conversation.approves() || co_await guardAsks()) {
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
    std::vector<Ready> ready;
    std::vector<Preparation> accounts;
    for (std::size_t i = 0; i < orders.size(); ++i) {
      const Address from = orders[i].signer->address();
      accounts.push_back(readPreparation(repliesFor(replies, i), from, settings_.errors));
      U256 spent;
      for (Ready& each :
           price(std::span(&orders[i].intent, 1), std::span(&outcomes[i], 1), accounts.back(), from, spent)) {
        each.index = i;
        ready.push_back(std::move(each));
      }
    }
    const std::unique_ptr<host::FileLock> counters = co_await admit(ready, outcomes, /*considered=*/false);
    for (Ready& each : ready) {
      const Preparation& account = accounts[each.index];
      Signer& signer = *orders[each.index].signer;
      std::vector<std::uint64_t> nonces = freeNonces(view, each.from, account.nonce, 1);
      std::vector<Ready> one;
      one.push_back(std::move(each));
      co_await sign(std::move(one), signer, std::move(nonces), account.blockNumber, flights);
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
