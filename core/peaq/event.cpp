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

}  // namespace peaqos::peaq
