// One event of a file: the fields of `qualify event` as columns.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/caller.hpp"
#include "app/events/records.hpp"
#include "evm/address.hpp"
#include "peaq/event.hpp"

namespace peaqos::app {

// The columns that there are, the required ones first.
std::span<const std::string_view> eventColumns();
constexpr std::size_t kRequiredColumns = 4;

// By what a line is known again, in this file and in the ledger: 128 bits of a keccak-256 over chain, signer and either
// its id or what it does.
using LineKey = std::array<std::uint8_t, 16>;

struct EventLine {
  std::uint64_t number = 0;  // from 1
  std::string id = {};       // the idempotency key; empty without
  std::string problem = {};  // why it is no event: the column and what is wrong with it; empty if it is one
  evm::U256 machineId = {};
  evm::U256 value = {};       // of a revenue event, in the minor unit of its currency
  std::string currency = {};  // empty for an activity event
  Bytes call = {};            // calldata of submitEvent()
};

// Checks a record as `qualify event` checks its flags, and reads the files that it names. Throws what is not the
// line's fault.
Task<EventLine> readEventLine(Record record, Caller caller);

// `registry`: the contract that takes the event.
LineKey keyOf(const EventLine& line, std::uint64_t chainId, const evm::Address& signer, const evm::Address& registry);
// Of an id alone.
LineKey keyOfId(const std::string& id, std::uint64_t chainId, const evm::Address& signer);

}  // namespace peaqos::app
