// The calendar of machines as iCalendar (RFC 5545).
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include "app/machine/calendar.hpp"
#include "base/time.hpp"
#include "evm/u256.hpp"
#include "peaq/v2/bond.hpp"

namespace peaqos::app {
namespace {

// Lines end in CR LF and have at most 75 bytes; what is longer goes on behind a blank. Everything here is ASCII.
std::string folded(std::string_view line) {
  constexpr std::size_t kLongest = 75;
  std::string out(line.substr(0, kLongest));
  for (std::size_t at = kLongest; at < line.size(); at += kLongest - 1) {
    out += "\r\n " + std::string(line.substr(at, kLongest - 1));
  }
  return out + "\r\n";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ',' || c == ';' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// "20260423T120000Z", or its day alone.
std::string stamp(std::int64_t seconds, bool dayOnly) {
  std::string text = formatTime(seconds);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return dayOnly ? text.substr(0, 8) : text;
}

struct Date {
  std::string_view member, id, summary, description;
  bool alarm = false;
};

constexpr Date kDates[] = {
    {"period_end", "period-end", "subscription ends",
     "Grace begins: renew with peaqos machine renew --all before the bond is lost.", true},
    {"bond_lost_from", "bond-lost", "bond begins to be lost", "Grace has ended: the bond shrinks until it is renewed."},
    {"over", "over", "subscription is over for good", "What is left of the bond is gone, and it cannot be renewed."},
};

std::string eventOf(const Json& machine, const Date& date, std::int64_t at, std::int64_t now) {
  constexpr std::int64_t kSecondsADay = 86'400;
  const std::string id = textOrEmpty(machine, "machine_id");
  const std::string shown = id.size() > 12 ? id.substr(0, 6) + "..." + id.substr(id.size() - 4) : id;
  const auto bond = evm::U256::fromDecimal(textOrEmpty(machine, "bonded_amount")).value_or(evm::U256());
  const std::string summary = "Machine " + shown + ": " + std::string(date.summary);
  std::string out =
      folded("BEGIN:VEVENT") + folded("UID:" + std::string(date.id) + "-" + id + "@peaqos") +
      folded("DTSTAMP:" + stamp(now, false)) + folded("DTSTART;VALUE=DATE:" + stamp(at, true)) +
      folded("DTEND;VALUE=DATE:" + stamp(at + kSecondsADay, true)) + folded("SUMMARY:" + escaped(summary)) +
      folded("DESCRIPTION:" +
             escaped(std::string(date.description) + " At " + formatTime(at) + ", machine " + id + ", tier " +
                     textOrEmpty(machine, "tier") + ", bonded " + peaq::v2::peaqText(bond) + ".")) +
      folded("TRANSP:TRANSPARENT");
  if (date.alarm) {
    out += folded("BEGIN:VALARM") + folded("ACTION:DISPLAY") + folded("DESCRIPTION:" + escaped(summary)) +
           folded("TRIGGER:-P30D") + folded("END:VALARM");
  }
  return out + folded("END:VEVENT");
}

}  // namespace

std::string iCalendarOf(const Json& calendar, std::int64_t now) {
  std::string out = folded("BEGIN:VCALENDAR") + folded("VERSION:2.0") +
                    folded("PRODID:-//peaqos//machine calendar//EN") + folded("CALSCALE:GREGORIAN") +
                    folded("X-WR-CALNAME:peaqOS machines");
  for (const Json& machine : calendar["machines"]) {
    for (const Date& date : kDates) {
      const auto number = evm::U256::fromDecimal(textOrEmpty(machine, date.member)).value_or(evm::U256());
      const auto at = static_cast<std::int64_t>(number.toUint64().value_or(0));
      if (at >= now) out += eventOf(machine, date, at, now);
    }
  }
  return out + folded("END:VCALENDAR");
}

}  // namespace peaqos::app
