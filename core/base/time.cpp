// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <chrono>
#include <string>

namespace peaqos {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

// A number with zeros before it.
std::string padded(std::int64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return text;
}

std::string formatCivil(std::int64_t unixSeconds) {
  const sys_seconds point{seconds{unixSeconds}};
  const auto day = std::chrono::floor<days>(point);
  const year_month_day date{day};
  const std::chrono::hh_mm_ss time{point - day};
  return padded(static_cast<int>(date.year()), 4) + "-" + padded(static_cast<unsigned>(date.month()), 2) + "-" +
         padded(static_cast<unsigned>(date.day()), 2) + "T" + padded(time.hours().count(), 2) + ":" +
         padded(time.minutes().count(), 2) + ":" + padded(time.seconds().count(), 2);
}

// Reads fixed-width fields from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool accept(std::string_view any) {
    if (rest_.empty() || any.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void skipDigits() {
    while (atDigit()) rest_.remove_prefix(1);
  }
  bool atDigit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool atEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

constexpr ParsedTime kUnreadable{0, TimeProblem::Unreadable};
constexpr ParsedTime kNoZone{0, TimeProblem::NoZone};

// "+08:00", "-0330", "+08" or "Z", as seconds east of UTC.
std::optional<int> parseZone(Scanner& scan) {
  if (scan.accept("Zz")) return 0;
  const bool west = scan.accept("-");
  if (!west && !scan.accept("+")) return std::nullopt;
  const auto hours = scan.digits(2);
  scan.accept(":");
  const auto minutes = scan.atEnd() ? 0 : scan.digits(2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int total = *hours * 3600 + *minutes * 60;
  return west ? -total : total;
}

ParsedTime parseIso8601(std::string_view text) {
  Scanner scan(text);
  const auto year = scan.digits(4);
  const bool extended = scan.accept("-");
  const auto month = scan.digits(2);
  if (extended && !scan.accept("-")) return kUnreadable;
  const auto day = scan.digits(2);
  if (!year || !month || !day) return kUnreadable;
  const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return kUnreadable;
  if (scan.atEnd()) return kNoZone;

  if (!scan.accept("Tt ")) return kUnreadable;
  const auto hour = scan.digits(2);
  const bool colons = scan.accept(":");
  const auto minute = scan.digits(2);
  const auto second = (colons ? scan.accept(":") : scan.atDigit()) ? scan.digits(2) : 0;
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return kUnreadable;
  if (scan.accept(".,")) scan.skipDigits();
  if (scan.atEnd()) return kNoZone;

  const auto zone = parseZone(scan);
  if (!zone || !scan.atEnd()) return kUnreadable;
  const std::int64_t midnight = sys_seconds{sys_days{date}}.time_since_epoch().count();
  return {midnight + std::int64_t{*hour} * 3600 + std::int64_t{*minute} * 60 + *second - *zone};
}

}  // namespace

std::string formatTime(std::int64_t seconds) { return formatCivil(seconds) + "Z"; }

std::string formatMicroseconds(std::int64_t microseconds) {
  const std::int64_t fraction = microseconds % 1'000'000;
  std::string text = formatCivil(microseconds / 1'000'000);
  if (fraction != 0) text += "." + padded(fraction, 6);
  return text + "+00:00";
}

ParsedTime parseTime(std::string_view text) {
  constexpr std::size_t kMostDigits = 18;  // fits 64 bits; the year 30 billion
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return parseIso8601(text);
  if (text.size() > kMostDigits) return kUnreadable;
  return {std::stoll(std::string(text))};
}

}  // namespace peaqos
