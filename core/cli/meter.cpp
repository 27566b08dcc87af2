// SPDX-License-Identifier: Apache-2.0
#include "cli/meter.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "cli/output.hpp"

namespace peaqos::cli {
namespace {

using std::chrono::microseconds;

constexpr microseconds kDrawEvery = std::chrono::milliseconds(100);
constexpr microseconds kPrintEvery = std::chrono::seconds(10);
constexpr std::size_t kUsualWidth = 80, kNarrowestBar = 10, kWidestBar = 40;

// As many digits as tell something.
std::string shortNumber(double number) {
  if (number >= 10) return std::to_string(std::llround(number));
  const long long tenths = std::llround(number * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string bar(const Reading& reading, std::size_t width) {
  const std::size_t inside = width - 2;
  const double share = static_cast<double>(reading.done) / static_cast<double>(std::max<std::uint64_t>(*reading.of, 1));
  const auto full = std::min(static_cast<std::size_t>(share * static_cast<double>(inside)), inside);
  std::string text = std::string(full, '=') + (full < inside ? ">" : "");
  return "[" + padRight(text, inside) + "]";
}

std::string countOf(const Reading& reading, std::string_view between) {
  const std::string of = reading.of ? std::string(between) + std::to_string(*reading.of) : std::string();
  return std::to_string(reading.done) + of + " " + reading.items;
}

}  // namespace

std::string roughly(std::chrono::seconds duration) {
  const auto seconds = std::max<std::int64_t>(duration.count(), 1), minutes = (seconds + 59) / 60;
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (minutes < 60) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::optional<std::size_t> Meter::width() {
  const std::string kind = environment_.get("TERM").value_or("");
  const auto size = screen_.size(host::Stream::Err);
  if (!size || kind.empty() || kind == "dumb") return std::nullopt;
  const std::string wanted = environment_.get("COLUMNS").value_or("");
  const bool isNumber =
      !wanted.empty() && wanted.size() < 6 && std::ranges::all_of(wanted, [](char c) { return c >= '0' && c <= '9'; });
  const std::size_t named = isNumber ? std::stoul(wanted) : 0;
  if (named > 0) return named;
  return size->columns > 0 ? size->columns : kUsualWidth;
}

double Meter::seconds() const { return std::chrono::duration<double>(clock_.monotonic() - *started_).count(); }

std::string Meter::rateText(const Reading& reading) const {
  if (reading.pace.empty() || reading.made == 0 || seconds() <= 0) return {};
  return shortNumber(static_cast<double>(reading.made) / seconds()) + " " + reading.pace + "/s";
}

std::string Meter::timeLeft(const Reading& reading) const {
  if (!reading.of || reading.made == 0 || reading.left == 0 || seconds() <= 0) return {};
  const double left = static_cast<double>(reading.left) * seconds() / static_cast<double>(reading.made);
  constexpr double kLongest = 1e9;
  return roughly(std::chrono::seconds(static_cast<std::int64_t>(std::ceil(std::min(left, kLongest))))) + " left";
}

void Meter::draw(const Reading& reading, std::size_t width) {
  const std::size_t most = width - 1;  // a full line would wrap on some terminals
  std::vector<std::string> parts{countOf(reading, "/")};
  for (std::string part : {rateText(reading), timeLeft(reading), reading.more}) {
    if (!part.empty() && join(parts, "  ").size() + 2 + part.size() <= most) parts.push_back(std::move(part));
  }
  std::string text = join(parts, "  ");
  const std::size_t free = most - std::min(most, text.size());
  if (reading.of && free >= kNarrowestBar + 1) text = bar(reading, std::min(free - 1, kWidestBar)) + " " + text;
  screen_.showLine(text.substr(0, most));
}

void Meter::print(const Reading& reading, bool newStage) {
  const std::uint64_t share = reading.of ? reading.done * 10 / std::max<std::uint64_t>(*reading.of, 1) : 0;
  const bool due = share > share_ || clock_.monotonic() - said_ >= kPrintEvery || newStage;
  if (!due || reading.done == 0) return;
  share_ = share;
  said_ = clock_.monotonic();
  std::vector<std::string> parts{countOf(reading, " of ")};
  for (const std::string& part : {reading.more, rateText(reading), timeLeft(reading)}) {
    if (!part.empty()) parts.push_back(part);
  }
  say(screen_, "  " + join(parts, ", ") + "\n");
}

void Meter::show(const Reading& reading, const std::string& stage) {
  if (!started_) {
    started_ = clock_.monotonic();
    said_ = *started_;
  }
  const bool newStage = std::exchange(stage_, stage) != stage;
  if (newStage) share_ = 0;
  Reading known = reading;
  if (known.of && known.done > *known.of) known.of.reset();  // lines were appended meanwhile
  if (const auto columns = width()) {
    const bool first = said_ == *started_, last = known.of == known.done;
    if (!first && !last && clock_.monotonic() - said_ < kDrawEvery) return;
    said_ = clock_.monotonic();
    draw(known, std::max<std::size_t>(*columns, 2));
  } else {
    print(known, newStage);
  }
}

void Meter::notice(const std::string& text) {
  if (width() || clock_.monotonic() - said_ < kPrintEvery) return;
  said_ = clock_.monotonic();
  say(screen_, text + "\n");
}

void Meter::end() { screen_.showLine({}); }

}  // namespace peaqos::cli
