// Which blocks a watch has seen, by their hashes: so that it knows when the chain has taken another branch, and what it
// said that no longer holds.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evm/block_header.hpp"

namespace peaqos::app {

struct Checkpoint {
  std::uint64_t block = 0;
  Hash256 hash{};
  std::vector<std::string> lines = {};  // what their ids have behind the block's hash
  std::string value = {};               // what the watch found there, if it keeps that
};

// The id of a line about a block: its hash and what tells it from the block's other lines.
std::string lineId(const Hash256& blockHash, const std::string& key);

class Trail {
 public:
  // Blocks below the newest one that are remembered: deeper reorganisations are not told.
  static constexpr std::uint64_t kDepth = 256;

  Trail() = default;

  // Of a cursor; std::nullopt for what toJson() does not write.
  static std::optional<Trail> from(const Json& json);
  Json toJson() const;

  // Whether it is known where to begin.
  bool hasBegun() const { return hasBegun_; }
  void beginAt(std::uint64_t block);
  // The first block that has not been read.
  std::uint64_t next() const { return next_; }

  // The newest block that was seen; null before the first.
  const Checkpoint* tip() const { return checkpoints_.empty() ? nullptr : &checkpoints_.back(); }

  // All up to this block was read.
  void reach(Checkpoint checkpoint);
  // Lines about an older block.
  void addOlder(Checkpoint checkpoint);

  // The checkpoints up to a block, oldest first.
  std::vector<Checkpoint> upTo(std::uint64_t block) const;
  // Forgets all but the oldest `count` checkpoints: reading goes on behind them. Returns the ids of the lines about the
  // others, newest first.
  std::vector<std::string> cut(std::size_t count);

 private:
  bool hasBegun_ = false;
  std::uint64_t next_ = 0;
  std::vector<Checkpoint> checkpoints_;  // by their blocks
};

struct ChainLook {
  evm::BlockHeader head;
  std::vector<std::string> retracted = {};  // ids of lines
  bool lags = false;                        // the node has not what was seen before: to be asked again later
};

// Reads the newest block, and finds out whether the trail is still on the chain; what is not is cut off. Throws Error
// (Network).
Task<ChainLook> lookAtChain(evm::RpcClient& rpc, Trail& trail);

// The line that takes another one back.
Json retractionOf(const std::string& id);
std::vector<Json> retractionsOf(const std::vector<std::string>& ids);

}  // namespace peaqos::app
