// Several calls in one transaction, by the batch precompile (docs/protocol.md#contracts).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "evm/receipt.hpp"

namespace peaqos::peaq {

// All take effect, or none.
constexpr std::string_view kBatchAll = "batchAll(address[],uint256[],bytes[],uint64[])";
// Each takes effect or fails for itself.
constexpr std::string_view kBatchSome = "batchSome(address[],uint256[],bytes[],uint64[])";

// Calldata of such a batch: calls to one contract, without money and without gas limits of their own.
Bytes batchCalldata(std::string_view function, const evm::Address& to, std::span<const Bytes> calls);

// The calls that calldata of such a batch makes, each to its contract; std::nullopt for anything else.
struct BatchedCall {
  evm::Address to;
  Bytes data;
};
std::optional<std::vector<BatchedCall>> readBatch(BytesView calldata);

// What became of one call of a batch, or of a transaction that makes the call itself.
struct CallResult {
  bool succeeded = false;
  std::optional<std::uint64_t> eventIndex = {};  // of the machine's event, where an EventSubmitted log tells it
};

// What became of each of `count` calls to `registry`, from a batch's receipt: by the precompile's own words about each.
std::vector<CallResult> batchResults(const evm::Receipt& receipt, const evm::Address& precompile,
                                     const evm::Address& registry, std::size_t count);

// The logs of a machine's events by a registry, from the node: topics of eth_getLogs for these machines.
Json submittedTopics(std::span<const evm::U256> machineIds);

// The same for a transaction that succeeded and calls the registry itself.
CallResult callResult(const evm::Receipt& receipt, const evm::Address& registry);

}  // namespace peaqos::peaq
