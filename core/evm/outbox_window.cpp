// The outbox for transactions that leave as others end.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "evm/outbox.hpp"

namespace peaqos::evm {

U256 Window::most() const {
  U256 sum;
  for (const Flight& flight : flights_) sum = sum + flight.transaction->value + feeOf(*flight.transaction);
  return sum;
}

Task<std::vector<Arrival>> Outbox::sendInto(Window& window, std::vector<Intent> intents, Signer& signer) {
  for (Intent& intent : intents) intent.reserve = intent.reserve + window.most();
  std::vector<Outcome> outcomes(intents.size());
  Launch launched = co_await launch(intents, outcomes, signer, {}, {});
  const std::size_t first = std::exchange(window.next_, window.next_ + intents.size());
  std::vector<Arrival> stayed;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!std::holds_alternative<std::monostate>(outcomes[i])) stayed.push_back({first + i, std::move(outcomes[i])});
  }
  for (Flight& flight : launched.flights) {
    flight.index += first;
    window.flights_.push_back(std::move(flight));
  }
  co_return stayed;
}

Task<std::vector<Arrival>> Outbox::nextOf(Window& window) {
  if (window.flights_.empty()) co_return std::vector<Arrival>();
  co_await track(window.flights_, Until::Any);
  const auto now = tools_.host.clock.monotonic();
  std::vector<Flight> ended, open;
  for (Flight& each : window.flights_) (each.hasEnded(now) ? ended : open).push_back(std::move(each));
  window.flights_ = std::move(open);
  std::vector<Arrival> arrivals;
  for (Flight& flight : ended) {
    const std::size_t number = flight.index;
    arrivals.push_back({number, co_await conclude(std::move(flight))});
  }
  co_return arrivals;
}

}  // namespace peaqos::evm
