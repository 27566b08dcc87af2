// SPDX-License-Identifier: Apache-2.0
#include "app/events/line_reader.hpp"

#include <utility>

namespace peaqos::app {

void LineReader::take(std::string_view piece) {
  started_ = started_ || !piece.empty();
  tooLong_ = tooLong_ || begun_.size() + piece.size() > kLongest;
  tooLong_ ? begun_.clear() : static_cast<void>(begun_.append(piece));
}

Line LineReader::finish() {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  Line line{.number = ++count_, .text = std::exchange(begun_, {}), .tooLong = std::exchange(tooLong_, false)};
  started_ = false;
  if (line.text.ends_with('\r')) line.text.pop_back();
  if (line.number == 1 && line.text.starts_with(kMark)) line.text.erase(0, kMark.size());
  return line;
}

Task<std::optional<Line>> LineReader::next() {
  while (true) {
    const std::size_t end = part_.find('\n', at_);
    take(std::string_view(part_).substr(at_, end == std::string::npos ? end : end - at_));
    if (end != std::string::npos) {
      at_ = end + 1;
      co_return finish();
    }
    part_.clear();
    at_ = 0;
    if (!ended_) part_ = asText(co_await source_.next());
    ended_ = ended_ || part_.empty();
    if (!ended_) continue;
    if (!started_) co_return std::nullopt;
    co_return finish();
  }
}

}  // namespace peaqos::app
