// SPDX-License-Identifier: Apache-2.0
#include "peaq/event.hpp"

#include <algorithm>

#include "evm/abi.hpp"

namespace peaqos::peaq {
namespace {

constexpr Choice kTypes[] = {{"revenue", kRevenue, "revenue"}, {"activity", 1, "activity"}};
constexpr Choice kTrust[] = {{"self", 0, "self-reported"},
                             {"onchain", kOnchainTrust, "on-chain-verifiable"},
                             {"hardware", 2, "hardware-signed"}};
constexpr Choice kChains[] = {{"same", 0, "same"}, {"peaq", 3338, "peaq"}, {"base", 8453, "base"}};

}  // namespace

std::span<const Choice> eventTypes() { return kTypes; }
std::span<const Choice> trustLevels() { return kTrust; }
std::span<const Choice> sourceChains() { return kChains; }

std::optional<Choice> findChoice(std::span<const Choice> choices, std::string_view word) {
  const auto found = std::ranges::find(choices, word, &Choice::word);
  return found == choices.end() ? std::nullopt : std::optional(*found);
}

bool isCurrency(std::string_view code) {
  return code.size() >= 3 && code.size() <= 10 &&
         code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
}

Bytes submitEventCalldata(const Event& event) {
  return evm::encodeCall(kSubmitEvent,
                         {event.machineId, event.type, event.value, std::string_view(event.currency), event.timestamp,
                          event.dataHash, event.trust, event.sourceChain, event.sourceTx, event.metadata});
}

std::optional<Event> readSubmitEvent(BytesView calldata) {
  const auto selector = evm::selector(kSubmitEvent);
  if (calldata.size() < selector.size() || !std::ranges::equal(calldata.first(selector.size()), selector)) {
    return std::nullopt;
  }
  const evm::AbiReader reader(calldata.subspan(selector.size()));
  enum Word : std::size_t { kId, kType, kValue, kCurrency, kTime, kHash, kTrustLevel, kChain, kTransaction, kMetadata };
  const auto number = [&](Word word) { return reader.uint256(word).value_or(evm::U256()); };
  const auto small = [&](Word word) { return number(word).toUint64().value_or(0); };
  const auto currency = reader.dynamicBytes(kCurrency);
  const auto metadata = reader.dynamicBytes(kMetadata);
  if (!currency || !metadata) return std::nullopt;
  return Event{.machineId = number(kId),
               .type = small(kType),
               .value = number(kValue),
               .currency = asText(*currency),
               .timestamp = small(kTime),
               .dataHash = number(kHash).toWord(),
               .trust = small(kTrustLevel),
               .sourceChain = small(kChain),
               .sourceTx = number(kTransaction).toWord(),
               .metadata = Bytes(metadata->begin(), metadata->end())};
}

Json submitEventArguments(const Event& event) {
  return Json::array({{"machineId", event.machineId.toDecimal()},
                      {"eventType", event.type},
                      {"value", event.value.toDecimal()},
                      {"currency", event.currency},
                      {"timestamp", event.timestamp},
                      {"dataHash", toHex0x(event.dataHash)},
                      {"trustLevel", event.trust},
                      {"sourceChain", event.sourceChain},
                      {"sourceTx", toHex0x(event.sourceTx)},
                      {"metadata", toHex0x(event.metadata)}});
}

}  // namespace peaqos::peaq
