// Calls that begin and prolong the subscription of a machine of generation 2, and what their events say.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "evm/u256.hpp"
#include "peaq/v2/change.hpp"
#include "peaq/v2/subscription.hpp"

namespace peaqos::peaq::v2 {

// Of MachineSubscription; the most USDT that may be taken where the bond is paid with it, else it is paid in PEAQ.
Change subscribe(const evm::Address& subscription, const evm::U256& id, Tier tier,
                 const std::optional<evm::U256>& maxUsdt);
// `tier`: another than the machine's, where the deployment lets renewals choose one.
Change renew(const evm::Address& subscription, const evm::U256& id, const std::optional<Tier>& tier,
             const std::optional<evm::U256>& maxUsdt);

// What the events of one transaction say of a machine's bond.
struct Bonded {
  std::uint64_t tier = 0;
  evm::U256 bond = {};                 // wei of PEAQ, credit included
  evm::U256 credit = {};               // of it, what a voucher or a bonding reward paid
  std::uint64_t periodEnd = 0;         // Unix seconds
  std::optional<evm::U256> usdt = {};  // what was taken in place of PEAQ
};

// From the receipt of a subscribe() or renew(); nothing where its events are not those of this machine and owner.
std::optional<Bonded> bondedBy(const evm::Receipt& receipt, const Change& change, const evm::U256& id,
                               const evm::Address& owner);

}  // namespace peaqos::peaq::v2
