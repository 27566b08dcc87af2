// What the outbox would sign, for plans.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "evm/outbox.hpp"

namespace peaqos::evm {

Task<Rehearsal> Outbox::rehearse(std::vector<Intent> intents, Address from, Preflight preflight, U256 spent) {
  const Preparation account = co_await readAccount(intents, from, preflight);
  std::vector<Outcome> outcomes(intents.size());
  std::vector<Ready> ready = price(intents, outcomes, account, from, spent);
  Rehearsal out{.transactions = {}, .balance = account.balance, .spent = spent};
  std::size_t next = 0;
  for (std::size_t i = 0; i < intents.size(); ++i) {
    if (const auto* reverted = std::get_if<RevertError>(&outcomes[i])) {
      out.transactions.emplace_back(*reverted);
    } else if (const auto* error = std::get_if<Error>(&outcomes[i])) {
      out.transactions.emplace_back(*error);
    } else {
      const std::uint64_t gas = account.estimates[i].gas.value_or(0);
      out.transactions.emplace_back(RehearsedTransaction{
          .transaction = std::move(ready[next++].transaction), .gas = gas, .fee = account.prices.expected * U256(gas)});
    }
  }
  co_return out;
}

}  // namespace peaqos::evm
