// SPDX-License-Identifier: Apache-2.0
#include "evm/fees.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace peaqos::evm {
namespace {

constexpr U256 kLeast{1'000'000'000}, kMost{1'500'000'000};  // wei, of a tip

enum Percentile : std::size_t { kFifth, kMedian };  // where feeHistoryCall() asks for them

// Below 2^128: sums and small multiples of such values stay far from 2^256.
bool isCredible(const U256& wei) { return wei.toMinimalBytes().size() <= 16; }

// The rewards above 0 at one percentile, one a block.
std::vector<U256> rewardsIn(const RpcReply& feeHistory, Percentile percentile) {
  std::vector<U256> rewards;
  const auto* history = std::get_if<Json>(&feeHistory);
  const Json* blocks = history ? findMember(*history, "reward") : nullptr;
  if (!blocks || !blocks->is_array()) return rewards;
  for (const Json& block : *blocks) {
    if (!block.is_array() || block.size() <= percentile || !block[percentile].is_string()) continue;
    const auto reward = U256::fromQuantity(block[percentile].get_ref<const std::string&>());
    if (reward && *reward != U256() && isCredible(*reward)) rewards.push_back(*reward);
  }
  return rewards;
}

U256 tipFromHistory(const RpcReply& feeHistory) {
  const auto rewards = rewardsIn(feeHistory, kFifth);
  if (rewards.empty()) return kLeast;
  U256 sum(rewards.size() / 2);
  for (const U256& reward : rewards) sum = sum + reward;
  return std::clamp(sum.divideBySmall(rewards.size()).quotient, kLeast, kMost);
}

U256 largestTip(const RpcReply& feeHistory, const U256& baseFee) {
  const auto medians = rewardsIn(feeHistory, kMedian);
  return std::max(kMost, medians.empty() ? baseFee * U256(3) : std::ranges::max(medians) * U256(2));
}

U256 baseFeeFrom(const RpcReply& latestBlock) {
  const Json* member = findMember(valueOf(latestBlock, "the latest block"), "baseFeePerGas");
  const auto fee =
      member && member->is_string() ? U256::fromQuantity(member->get_ref<const std::string&>()) : std::nullopt;
  if (fee) return *fee;
  throw networkError("NO_BASE_FEE", "the node reports no base fee, so EIP-1559 transactions cannot be priced",
                     "Point PEAQOS_RPC_URL at a node of a chain with EIP-1559");
}

void refuseIncredible(const U256& wei, const std::string& what) {
  if (isCredible(wei)) return;
  throw networkError("BAD_RPC_ANSWER", "the node reports " + what + " of " + wei.toDecimal() + " wei",
                     "Set PEAQOS_RPC_URL to another endpoint");
}

}  // namespace

RpcCall feeHistoryCall() { return {"eth_feeHistory", Json::array({"0xa", "pending", Json::array({5, 50})})}; }

Prices pricesFrom(const RpcReply& feeHistory, const RpcReply& latestBlock, const RpcReply& maxPriorityFee) {
  const U256 baseFee = baseFeeFrom(latestBlock);
  refuseIncredible(baseFee, "a base fee");
  U256 tip = tipFromHistory(feeHistory);
  if (std::holds_alternative<Json>(maxPriorityFee)) {
    tip = quantityOf(maxPriorityFee, "the priority fee");
    refuseIncredible(tip, "a priority fee");
    tip = std::min(tip, largestTip(feeHistory, baseFee));
  }
  return {.tip = tip, .maxFee = baseFee + baseFee + tip, .expected = baseFee + tip};
}

Task<Prices> readPrices(RpcClient& rpc) {
  const auto replies = co_await rpc.read({feeHistoryCall(), latestBlockCall(), {"eth_maxPriorityFeePerGas"}});
  co_return pricesFrom(replies[0], replies[1], replies[2]);
}

}  // namespace peaqos::evm
