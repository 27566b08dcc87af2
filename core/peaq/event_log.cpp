// SPDX-License-Identifier: Apache-2.0
#include "peaq/event_log.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/abi.hpp"

namespace peaqos::peaq {
namespace {

std::optional<std::uint64_t> smallQuantity(const Json& log, std::string_view member) {
  const auto number = evm::U256::fromQuantity(textOrEmpty(log, member));
  return number ? number->toUint64() : std::nullopt;
}

// A topic as a number.
std::optional<evm::U256> topic(const Json& log, std::size_t index) {
  const Json* topics = findMember(log, "topics");
  if (!topics || !topics->is_array() || index >= topics->size() || !(*topics)[index].is_string()) return std::nullopt;
  const auto word = fromHexExactly<32>((*topics)[index].get<std::string>());
  return word ? evm::U256::fromBigEndian(*word) : std::nullopt;
}

}  // namespace

std::optional<EventLog> eventLogFrom(const Json& log) {
  const Json* removed = findMember(log, "removed");
  if (removed && *removed == true) return std::nullopt;
  const auto block = smallQuantity(log, "blockNumber"), index = smallQuantity(log, "logIndex");
  const auto blockHash = fromHexExactly<32>(textOrEmpty(log, "blockHash"));
  const auto transaction = fromHexExactly<32>(textOrEmpty(log, "transactionHash"));
  const auto machine = topic(log, 1), event = topic(log, 2);
  const Bytes data = fromHex(textOrEmpty(log, "data")).value_or(Bytes());
  const evm::AbiReader words(data);
  const auto type = words.uint256(0), value = words.uint256(1);
  const auto smallType = type ? type->toUint64() : std::nullopt;
  if (!block || !index || !blockHash || !transaction || !machine || !event || !smallType || !value) {
    throw networkError("BAD_RPC_ANSWER", "the node sent a log of an event that cannot be read", "Check PEAQOS_RPC_URL");
  }
  return EventLog{.machineId = *machine,
                  .eventIndex = *event,
                  .type = *smallType,
                  .value = *value,
                  .block = *block,
                  .index = *index,
                  .blockHash = *blockHash,
                  .transaction = *transaction};
}

evm::RpcCall storedEventCall(const evm::Address& registry, const EventLog& log) {
  return evm::contractCall(registry, evm::encodeCall("getEventAt(uint256,uint256)", {log.machineId, log.eventIndex}));
}

std::optional<StoredEvent> storedEventFrom(const evm::RpcReply& reply) {
  const Json* value = std::get_if<Json>(&reply);
  const auto data = value && value->is_string() ? fromHex(value->get<std::string>()) : std::nullopt;
  const auto event = data ? evm::AbiReader(*data).tuple(0) : std::nullopt;
  if (!event) return std::nullopt;
  const auto timestamp = event->uint256(3), dataHash = event->uint256(4), trust = event->uint256(5);
  const auto currency = event->dynamicBytes(9);
  const auto seconds = timestamp ? timestamp->toUint64() : std::nullopt;
  const auto level = trust ? trust->toUint64() : std::nullopt;
  if (!seconds || !level || !dataHash || !currency) return std::nullopt;
  return StoredEvent{.timestamp = *seconds,
                     .trust = *level,
                     .dataHash = dataHash->toWord(),
                     .currency = isValidUtf8(asText(*currency)) ? printable(asText(*currency)) : std::string()};
}

}  // namespace peaqos::peaq
