// SPDX-License-Identifier: Apache-2.0
#include "app/events/line_judge.hpp"

namespace peaqos::app {

std::optional<LineResult> LineJudge::judge(const EventLine& line) {
  LineResult result{.line = line.number, .id = line.id};
  if (!line.problem.empty()) {
    result.status = LineStatus::Invalid;
    result.reason = line.problem;
    return result;
  }
  const LineKey key = keyOf(line);
  const auto [first, isFirst] = seen_.insert(key, line.number);
  const auto place = known_ ? known_->find(key) : std::nullopt;
  if (place) {
    result.hash = place->hash;
    result.block = place->block;
    result.eventIndex = place->eventIndex;
  }
  if (!isFirst) {
    result.status = LineStatus::Duplicate;
    result.reason = (line.id.empty() ? "equal to line " : "has the id of line ") + std::to_string(*first);
    return result;
  }
  if (!place) return std::nullopt;
  result.status = place->pending ? LineStatus::Pending : LineStatus::Confirmed;
  if (place->pending) result.reason = "an earlier run's transaction is under way";
  return result;
}

}  // namespace peaqos::app
