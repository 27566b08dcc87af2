// SPDX-License-Identifier: Apache-2.0
#include "evm/read_many.hpp"

#include <algorithm>
#include <iterator>

namespace peaqos::evm {
namespace {

constexpr std::size_t kAtOnce = 1000;

}  // namespace

Task<std::vector<RpcReply>> readMany(RpcClient& rpc, std::vector<RpcCall> calls) {
  std::vector<RpcReply> replies;
  replies.reserve(calls.size());
  for (std::size_t first = 0; first < calls.size(); first += kAtOnce) {
    const auto begin = calls.begin() + static_cast<std::ptrdiff_t>(first);
    const auto count = static_cast<std::ptrdiff_t>(std::min(kAtOnce, calls.size() - first));
    std::vector<RpcReply> part = co_await rpc.read({begin, begin + count});
    std::ranges::move(part, std::back_inserter(replies));
  }
  co_return replies;
}

}  // namespace peaqos::evm
