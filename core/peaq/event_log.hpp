// EventSubmitted logs of an EventRegistry of either generation (docs/protocol.md#events).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "evm/rpc.hpp"

namespace peaqos::peaq {

struct EventLog {
  evm::U256 machineId = {}, eventIndex = {};
  std::uint64_t type = 0;
  evm::U256 value = {};
  std::uint64_t block = 0, index = 0;  // the log's own index in its block
  Hash256 blockHash{}, transaction{};
};

// Reads an entry of eth_getLogs; std::nullopt for one that the node marks as removed. Throws Error (Network,
// "BAD_RPC_ANSWER") for anything else.
std::optional<EventLog> eventLogFrom(const Json& log);

// What the registry keeps of the event and the log does not tell.
struct StoredEvent {
  std::uint64_t timestamp = 0;  // Unix seconds
  std::uint64_t trust = 0;
  Hash256 dataHash{};
  std::string currency = {};  // empty for activity
};

evm::RpcCall storedEventCall(const evm::Address& registry, const EventLog& log);
// std::nullopt where the registry does not answer with an event.
std::optional<StoredEvent> storedEventFrom(const evm::RpcReply& reply);

}  // namespace peaqos::peaq
