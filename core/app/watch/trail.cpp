// SPDX-License-Identifier: Apache-2.0
#include "app/watch/trail.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace peaqos::app {
namespace {

std::optional<Checkpoint> checkpointFrom(const Json& json) {
  const Json* block = findMember(json, "block");
  const Json* lines = findMember(json, "lines");
  const auto number = block ? toUint64(*block) : std::nullopt;
  const auto hash = fromHexExactly<32>(textOrEmpty(json, "hash"));
  if (!number || !hash) return std::nullopt;
  Checkpoint checkpoint{.block = *number, .hash = *hash, .value = textOrEmpty(json, "value")};
  if (!lines) return checkpoint;
  if (!lines->is_array()) return std::nullopt;
  for (const Json& line : *lines) {
    if (!line.is_string()) return std::nullopt;
    checkpoint.lines.push_back(line.get<std::string>());
  }
  return checkpoint;
}

Json jsonOf(const Checkpoint& checkpoint) {
  Json out{{"block", checkpoint.block}, {"hash", toHex0x(checkpoint.hash)}};
  if (!checkpoint.lines.empty()) out["lines"] = checkpoint.lines;
  if (!checkpoint.value.empty()) out["value"] = checkpoint.value;
  return out;
}

}  // namespace

std::string lineId(const Hash256& blockHash, const std::string& key) { return toHex0x(blockHash) + ":" + key; }

std::optional<Trail> Trail::from(const Json& json) {
  const Json* next = findMember(json, "next");
  const Json* blocks = findMember(json, "blocks");
  const auto number = next ? toUint64(*next) : std::nullopt;
  if (!number || !blocks || !blocks->is_array()) return std::nullopt;
  Trail trail;
  trail.beginAt(*number);
  for (const Json& block : *blocks) {
    auto checkpoint = checkpointFrom(block);
    const bool inOrder = checkpoint && checkpoint->block < *number &&
                         (trail.checkpoints_.empty() || trail.checkpoints_.back().block < checkpoint->block);
    if (!inOrder) return std::nullopt;
    trail.checkpoints_.push_back(std::move(*checkpoint));
  }
  return trail;
}

Json Trail::toJson() const {
  Json blocks = Json::array();
  for (const Checkpoint& checkpoint : checkpoints_) blocks.push_back(jsonOf(checkpoint));
  return {{"next", next_}, {"blocks", std::move(blocks)}};
}

void Trail::beginAt(std::uint64_t block) {
  hasBegun_ = true;
  next_ = block;
}

void Trail::reach(Checkpoint checkpoint) {
  beginAt(checkpoint.block + 1);
  const std::uint64_t oldest = checkpoint.block - std::min(checkpoint.block, kDepth);
  std::erase_if(checkpoints_, [&](const Checkpoint& known) { return known.block < oldest; });
  if (!checkpoints_.empty() && checkpoints_.back().block == checkpoint.block) {
    checkpoints_.back().value = std::move(checkpoint.value);
    return;
  }
  checkpoints_.push_back(std::move(checkpoint));
}

void Trail::addOlder(Checkpoint checkpoint) {
  if (checkpoints_.empty() || checkpoint.block + kDepth < checkpoints_.back().block) return;
  const auto place = std::ranges::lower_bound(checkpoints_, checkpoint.block, {}, &Checkpoint::block);
  if (place == checkpoints_.end() || place->block != checkpoint.block) {
    checkpoints_.insert(place, std::move(checkpoint));
    return;
  }
  for (std::string& line : checkpoint.lines) {
    if (std::ranges::find(place->lines, line) == place->lines.end()) place->lines.push_back(std::move(line));
  }
}

std::vector<Checkpoint> Trail::upTo(std::uint64_t block) const {
  const auto end = std::ranges::upper_bound(checkpoints_, block, {}, &Checkpoint::block);
  return {checkpoints_.begin(), end};
}

std::vector<std::string> Trail::cut(std::size_t count) {
  std::vector<std::string> ids;
  while (checkpoints_.size() > count) {
    const Checkpoint& gone = checkpoints_.back();
    for (auto line = gone.lines.rbegin(); line != gone.lines.rend(); ++line) ids.push_back(lineId(gone.hash, *line));
    next_ = gone.block;
    checkpoints_.pop_back();
  }
  if (!checkpoints_.empty()) next_ = checkpoints_.back().block + 1;
  return ids;
}

Task<ChainLook> lookAtChain(evm::RpcClient& rpc, Trail& trail) {
  std::vector<evm::RpcCall> calls{evm::latestBlockCall()};
  if (trail.tip()) calls.push_back(evm::headerCall(trail.tip()->block));
  auto replies = co_await rpc.read(std::move(calls));
  const auto head = evm::headerFrom(replies[0]);
  if (!head) throw networkError("BAD_RPC_ANSWER", "the node has no latest block", "Check PEAQOS_RPC_URL");
  ChainLook look{.head = *head};
  if (!trail.tip()) co_return look;
  const auto tip = evm::headerFrom(replies[1]);
  if (tip && tip->hash == trail.tip()->hash) co_return look;

  // Another branch, or a node that has not come so far.
  const std::vector<Checkpoint> known = trail.upTo(head->number);
  if (!tip) {
    if (!known.empty()) replies = co_await rpc.read({evm::headerCall(known.back().block)});
    const auto newest = known.empty() ? std::nullopt : evm::headerFrom(replies[0]);
    look.lags = !newest || newest->hash == known.back().hash;
    if (look.lags) co_return look;
  }
  calls.clear();
  for (const Checkpoint& checkpoint : known) calls.push_back(evm::headerCall(checkpoint.block));
  replies = co_await rpc.read(std::move(calls));
  std::size_t common = 0;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto header = evm::headerFrom(replies[i]);
    if (!header) look.lags = true;
    if (header && header->hash == known[i].hash) common = i + 1;
  }
  if (!look.lags) look.retracted = trail.cut(common);
  co_return look;
}

Json retractionOf(const std::string& id) {
  return {{"id", "retraction:" + id}, {"type", "retraction"}, {"retracts", id}};
}

std::vector<Json> retractionsOf(const std::vector<std::string>& ids) {
  std::vector<Json> lines;
  lines.reserve(ids.size());
  for (const std::string& id : ids) lines.push_back(retractionOf(id));
  return lines;
}

}  // namespace peaqos::app
