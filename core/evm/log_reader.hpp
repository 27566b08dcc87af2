// Logs of one contract, by ranges of blocks that the node takes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "evm/block_header.hpp"

namespace peaqos::evm {

struct LogRange {
  Json logs = Json::array();            // as the node sent them
  std::uint64_t last = 0;               // the last block that was asked for
  std::optional<BlockHeader> end = {};  // that block, by the node that answered; none: it lags, and logs may be missing
  std::vector<RpcReply> more = {};      // to the calls that went along
};

// Nodes bound how many blocks, or how many logs, one request may ask for, each in its own words: what is refused is
// asked for in halves, until one block alone is refused.
class LogReader {
 public:
  LogReader(RpcClient& rpc, Address emitter) : rpc_(rpc), emitter_(emitter) {}

  // The logs of the blocks from `first` on: up to `last`, or fewer. `more` goes into the same array, so that as a rule
  // one node answers all of it. Throws Error (Network) as RpcClient::read() does, and "RPC_ERROR" for a refusal.
  Task<LogRange> read(Json topics, std::uint64_t first, std::uint64_t last, std::vector<RpcCall> more = {});

 private:
  RpcClient& rpc_;
  const Address emitter_;
  std::uint64_t step_ = 5000;  // blocks asked for in one request
};

}  // namespace peaqos::evm
