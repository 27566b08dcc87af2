// A point in time as a user writes it: what is read is written so that the same is read again.
// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include "fuzz.hpp"

using namespace peaqos;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ParsedTime time = parseTime(fuzz::textOf(data, size));
  if (time.problem != TimeProblem::None) return 0;
  const std::string written = formatTime(time.seconds);
  fuzz::require(fuzz::isOneLine(written) && written.size() < 40, "a time is a short line");
  constexpr std::int64_t kYear0 = -62'167'219'200, kYear10000 = 253'402'300'800;
  if (time.seconds < kYear0 || time.seconds >= kYear10000) return 0;
  const ParsedTime again = parseTime(written);
  fuzz::require(again.problem == TimeProblem::None && again.seconds == time.seconds, "a written time is read back");
  fuzz::require(parseTime(formatMicroseconds(time.seconds * 1'000'000)).seconds == time.seconds,
                "microseconds are read back");
  return 0;
}
