// Revenue and activity events of the EventRegistry (docs/protocol.md#events).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/json.hpp"
#include "evm/u256.hpp"

namespace peaqos::peaq {

// A word that users write, the number that the contract takes, and the words that are printed for it.
struct Choice {
  std::string_view word;
  std::uint64_t code;
  std::string_view label;
};

std::span<const Choice> eventTypes();    // revenue 0, activity 1
std::span<const Choice> trustLevels();   // self 0, onchain 1, hardware 2
std::span<const Choice> sourceChains();  // same 0, peaq 3338, base 8453

// The choice of that word, in exactly this letter case.
std::optional<Choice> findChoice(std::span<const Choice> choices, std::string_view word);

constexpr std::uint64_t kRevenue = 0;
constexpr std::uint64_t kOnchainTrust = 1;

struct Event {
  evm::U256 machineId;
  std::uint64_t type = kRevenue;
  evm::U256 value = {};         // the currency's minor unit (ISO 4217)
  std::string currency = {};    // empty for activity
  std::uint64_t timestamp = 0;  // Unix seconds
  Hash256 dataHash{};           // keccak-256 of the raw data; zeros without
  std::uint64_t trust = 0;
  std::uint64_t sourceChain = 0;
  Hash256 sourceTx{};  // zeros when absent
  Bytes metadata = {};
};

// Whether a revenue event may carry this currency: 3 to 10 upper-case letters and digits.
bool isCurrency(std::string_view code);

constexpr std::string_view kSubmitEvent =
    "submitEvent(uint256,uint8,uint256,string,uint256,bytes32,uint8,uint256,bytes32,bytes)";

// Calldata of submitEvent().
Bytes submitEventCalldata(const Event& event);

// Reads it back; std::nullopt for anything else.
std::optional<Event> readSubmitEvent(BytesView calldata);

// The arguments of that call, as [name, value] pairs in its order.
Json submitEventArguments(const Event& event);

}  // namespace peaqos::peaq
