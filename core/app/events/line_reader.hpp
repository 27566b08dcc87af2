// Lines of a byte source, in constant memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/events/source.hpp"

namespace peaqos::app {

struct Line {
  std::uint64_t number = 0;  // from 1
  std::string text = {};     // without its end: LF, or CR LF
  bool tooLong = false;      // `text` is empty then
};

// Splits at LF; the last line needs none. A byte order mark before the first line is passed over.
class LineReader {
 public:
  static constexpr std::size_t kLongest = 1U << 20;  // bytes

  explicit LineReader(ByteSource& source) : source_(source) {}

  // The next line; std::nullopt at the end.
  Task<std::optional<Line>> next();

  // Whether next() may have to wait for somebody to write.
  bool dry() const { return source_.drained() && part_.find('\n', at_) == std::string::npos; }

 private:
  void take(std::string_view piece);
  Line finish();

  ByteSource& source_;
  std::string part_;      // what the source gave last
  std::size_t at_ = 0;    // how much of it was used
  std::string begun_;     // of the line that parts before held
  bool started_ = false;  // some of that line was seen
  bool tooLong_ = false;
  bool ended_ = false;
  std::uint64_t count_ = 0;
};

}  // namespace peaqos::app
