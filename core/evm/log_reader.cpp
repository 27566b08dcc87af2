// SPDX-License-Identifier: Apache-2.0
#include "evm/log_reader.hpp"

#include <algorithm>
#include <utility>

namespace peaqos::evm {

Task<LogRange> LogReader::read(Json topics, std::uint64_t first, std::uint64_t last, std::vector<RpcCall> more) {
  while (true) {
    const std::uint64_t end = std::min(last, first + step_ - 1);
    std::vector<RpcCall> calls{{"eth_getLogs", Json::array({Json{{"address", toChecksum(emitter_)},
                                                                 {"fromBlock", U256(first).toQuantity()},
                                                                 {"toBlock", U256(end).toQuantity()},
                                                                 {"topics", topics}}})},
                               headerCall(end)};
    calls.insert(calls.end(), more.begin(), more.end());
    auto replies = co_await rpc_.read(std::move(calls));
    if (std::holds_alternative<RpcError>(replies[0]) && end > first) {
      step_ = (end - first + 1) / 2;
      continue;
    }
    LogRange range{.logs = valueOf(replies[0], "the logs of " + toChecksum(emitter_)), .last = end};
    range.end = headerFrom(replies[1]);
    range.more.assign(std::make_move_iterator(replies.begin() + 2), std::make_move_iterator(replies.end()));
    co_return range;
  }
}

}  // namespace peaqos::evm
