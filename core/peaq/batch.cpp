// SPDX-License-Identifier: Apache-2.0
#include "peaq/batch.hpp"

#include <algorithm>
#include <utility>

#include "evm/abi.hpp"

namespace peaqos::peaq {
namespace {

const Hash256& submittedTopic() {
  static const Hash256 topic = evm::eventTopic("EventSubmitted(uint256,uint256,uint8,uint256,string)");
  return topic;
}

// The index that an EventSubmitted log of the registry tells; std::nullopt for every other log.
std::optional<std::uint64_t> submittedIndex(const evm::Log& log, const evm::Address& registry) {
  if (log.emitter != registry || log.topics.size() < 3 || log.topics[0] != submittedTopic()) return std::nullopt;
  const auto index = evm::U256::fromBigEndian(log.topics[2]);
  return index ? index->toUint64() : std::nullopt;
}

}  // namespace

Bytes batchCalldata(std::string_view function, const evm::Address& to, std::span<const Bytes> calls) {
  const std::vector<evm::AbiValue> recipients(calls.size(), to);
  const std::vector<evm::AbiValue> zeros(calls.size(), std::uint64_t{0});
  const std::vector<evm::AbiValue> data(calls.begin(), calls.end());
  return evm::encodeCall(function, {recipients, zeros, data, zeros});
}

namespace {

// What an array of calldata holds, from its count on; std::nullopt for one that lies outside of the bytes.
std::optional<BytesView> arrayAt(BytesView arguments, std::size_t index) {
  const auto offset = evm::AbiReader(arguments).uint256(index);
  const auto at = offset ? offset->toUint64() : std::nullopt;
  if (!at || *at >= arguments.size()) return std::nullopt;
  return arguments.subspan(static_cast<std::size_t>(*at));
}

bool callsOneOf(BytesView calldata) {
  for (const std::string_view function : {kBatchAll, kBatchSome}) {
    const auto selector = evm::selector(function);
    if (calldata.size() > selector.size() && std::ranges::equal(calldata.first(selector.size()), selector)) return true;
  }
  return false;
}

}  // namespace

std::optional<std::vector<BatchedCall>> readBatch(BytesView calldata) {
  if (!callsOneOf(calldata)) return std::nullopt;
  const BytesView arguments = calldata.subspan(4);
  const auto to = arrayAt(arguments, 0), data = arrayAt(arguments, 2);
  const auto length = to ? evm::AbiReader(*to).uint256(0) : std::nullopt;
  const auto count = length ? length->toUint64() : std::nullopt;
  if (!count || !data || *count > calldata.size() / 32 || data->size() < 32) return std::nullopt;
  const evm::AbiReader recipients(*to), items(data->subspan(32));
  std::vector<BatchedCall> calls;
  for (std::size_t i = 0; i < static_cast<std::size_t>(*count); ++i) {
    const auto recipient = recipients.address(i + 1);
    const auto bytes = items.dynamicBytes(i);
    if (!recipient || !bytes) return std::nullopt;
    calls.push_back({*recipient, Bytes(bytes->begin(), bytes->end())});
  }
  return calls;
}

Json submittedTopics(std::span<const evm::U256> machineIds) {
  Json machines = Json::array();
  for (const evm::U256& id : machineIds) machines.push_back(toHex0x(id.toWord()));
  return Json::array({toHex0x(submittedTopic()), machines.empty() ? Json(nullptr) : std::move(machines)});
}

std::vector<CallResult> batchResults(const evm::Receipt& receipt, const evm::Address& precompile,
                                     const evm::Address& registry, std::size_t count) {
  static const Hash256 succeeded = evm::eventTopic("SubcallSucceeded(uint256)");
  std::vector<CallResult> results(count);
  std::optional<std::uint64_t> eventIndex;  // of the call under way: its logs come before the word about it
  for (const evm::Log& log : receipt.logs) {
    if (const auto submitted = submittedIndex(log, registry)) eventIndex = submitted;
    if (log.emitter != precompile || log.topics.empty()) continue;
    const auto call = evm::AbiReader(log.data).uint256(0);
    const auto number = call ? call->toUint64() : std::nullopt;
    if (log.topics[0] == succeeded && number && *number < count) {
      results[static_cast<std::size_t>(*number)] = {true, eventIndex};
    }
    eventIndex.reset();
  }
  return results;
}

CallResult callResult(const evm::Receipt& receipt, const evm::Address& registry) {
  for (const evm::Log& log : receipt.logs) {
    if (const auto submitted = submittedIndex(log, registry)) return {true, submitted};
  }
  return {.succeeded = receipt.succeeded};
}

}  // namespace peaqos::peaq
