// SPDX-License-Identifier: Apache-2.0
#include "evm/block_header.hpp"

#include "base/error.hpp"

namespace peaqos::evm {

RpcCall headerCall(std::uint64_t number) {
  return {"eth_getBlockByNumber", Json::array({U256(number).toQuantity(), false})};
}

std::optional<BlockHeader> headerFrom(const RpcReply& reply) {
  const Json& block = valueOf(reply, "a block");
  if (block.is_null()) return std::nullopt;
  const auto number = U256::fromQuantity(textOrEmpty(block, "number"));
  const auto timestamp = U256::fromQuantity(textOrEmpty(block, "timestamp"));
  const auto hash = fromHexExactly<32>(textOrEmpty(block, "hash"));
  const auto small = number ? number->toUint64() : std::nullopt;
  const auto seconds = timestamp ? timestamp->toUint64() : std::nullopt;
  if (!small || !seconds || !hash || *seconds >> 62 != 0) {
    throw networkError("BAD_RPC_ANSWER", "the node sent a block without number, hash and time", "Check PEAQOS_RPC_URL");
  }
  return BlockHeader{.number = *small, .hash = *hash, .timestamp = static_cast<std::int64_t>(*seconds)};
}

}  // namespace peaqos::evm
