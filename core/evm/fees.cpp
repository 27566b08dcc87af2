// SPDX-License-Identifier: Apache-2.0
#include "evm/fees.hpp"

#include <algorithm>

namespace peaqos::evm {
namespace {

constexpr std::uint64_t kLeast = 1'000'000'000, kMost = 1'500'000'000;  // wei

}  // namespace

Task<U256> suggestedTip(RpcClient& rpc) {
  const auto replies = co_await rpc.read({{"eth_feeHistory", Json::array({"0xa", "pending", Json::array({5.0})})}});
  const Json* rewards = findMember(valueOf(replies[0], "the recent priority fees"), "reward");
  U256 sum;
  std::uint64_t count = 0;
  for (const Json& block : rewards && rewards->is_array() ? *rewards : Json::array()) {
    if (!block.is_array() || block.empty() || !block[0].is_string()) continue;
    const auto reward = U256::fromQuantity(block[0].get_ref<const std::string&>());
    if (!reward || *reward == U256()) continue;
    sum = sum + *reward;
    ++count;
  }
  if (count == 0) co_return U256(kLeast);
  co_return std::clamp((sum + U256(count / 2)).divideBySmall(count).quotient, U256(kLeast), U256(kMost));
}

}  // namespace peaqos::evm
