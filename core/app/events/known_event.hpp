// An event that the ledger knows by its idempotency key.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evm/address.hpp"
#include "ledger/ledger.hpp"

namespace peaqos::app {

constexpr char kIdempotencyKey[] = "idempotency_key";  // of ledger rows

struct KnownEvent {
  ledger::Row pending;                   // its newest signed version
  std::optional<std::string> hash = {};  // once it is confirmed: of the transaction
};

// The last event with this key that an account submitted on a chain and that did not fail. `chainId` 0: on any chain.
// Keys of other accounts and chains are other keys.
Task<std::optional<KnownEvent>> findByKey(ledger::Ledger& ledger, std::string key, evm::Address account,
                                          std::uint64_t chainId);

// What a file of events (`qualify events`) has made of a line with this id: its transaction, under way or confirmed.
// Throws Error (Network) "RECEIPT_PENDING" while it is under way: the run that sent it knows how to end it.
Task<std::optional<std::string>> findInFiles(ledger::Ledger& ledger, std::string key, evm::Address account,
                                             std::uint64_t chainId);

}  // namespace peaqos::app
