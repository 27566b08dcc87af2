// SPDX-License-Identifier: Apache-2.0
#include "app/events/depth.hpp"

namespace peaqos::app {

evm::RpcCall DepthRule::call() const {
  if (!finality) return {"eth_blockNumber"};
  return {"eth_getBlockByNumber", Json::array({"finalized", false})};
}

std::optional<std::uint64_t> DepthRule::sureBlock(const evm::RpcReply& reply) const {
  if (finality) {
    const Json& block = evm::valueOf(reply, "the finalized block");
    const auto number = evm::U256::fromQuantity(textOrEmpty(block, "number"));
    return number ? number->toUint64() : std::nullopt;
  }
  const std::uint64_t head = evm::uint64Of(reply, "the latest block's number");
  if (head + 1 < confirmations) return std::nullopt;
  return head + 1 - confirmations;
}

}  // namespace peaqos::app
