// SPDX-License-Identifier: Apache-2.0
#include "cli/watch_view.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "cli/layout.hpp"
#include "cli/numbers.hpp"

namespace peaqos::cli {
namespace {

constexpr std::size_t kMostRows = 1000;  // that are kept for the table

constexpr std::string_view kRetraction[] = {"retraction"};

constexpr peaq::Field kRetractionFields[] = {
    {.name = "id", .type = peaq::FieldType::NonEmptyText},
    {.name = "type", .type = peaq::FieldType::OneOf, .words = kRetraction},
    {.name = "retracts", .type = peaq::FieldType::NonEmptyText},
};

bool isRetraction(const Json& line) { return textOrEmpty(line, "type") == kRetraction[0]; }

// A line of text, no wider than the screen.
std::string cutTo(std::string_view line, std::size_t columns) {
  std::string out;
  for (std::size_t count = 0; count < columns && !line.empty(); ++count) {
    const auto character = firstCharacter(line);
    const std::size_t bytes = character ? character->bytes : 1;
    out += line.substr(0, bytes);
    line.remove_prefix(bytes);
  }
  return out;
}

}  // namespace

peaq::FieldTable retractionFields() { return kRetractionFields; }

app::WatchOptions watchOptions(const Arguments& arguments, app::Caller& caller) {
  if (const auto url = arguments.find("webhook")) caller.overrides["PEAQOS_WEBHOOK_URL"] = *url;
  return {.cursor = arguments.find("cursor"),
          .count = countFrom(arguments, "count"),
          .once = arguments.has("once"),
          .webhook = arguments.has("webhook")};
}

WatchView::WatchView(const Arguments& arguments, host::Environment& environment, Output& output, WatchColumns columns)
    : output_(output),
      json_(arguments.has("json")),
      canDraw_(environment.get("TERM").value_or("dumb") != "dumb"),
      columns_(std::move(columns)) {}

std::string WatchView::text(const Json& line) const {
  if (json_) return dumpJson(line) + "\n";
  if (isRetraction(line)) return "retracted  " + printable(textOrEmpty(line, "retracts")) + "\n";
  std::vector<std::string> cells = columns_.row(line);
  for (std::string& cell : cells) cell = printable(cell);
  return join(cells, "  ") + "\n";
}

void WatchView::show(const std::vector<Json>& lines) {
  host::Display* display = json_ || !canDraw_ ? nullptr : output_.display();
  const auto size = display ? display->size(host::Stream::Out) : std::nullopt;
  if (size && size->rows > 0 && size->columns > 0) {
    for (const Json& line : lines) take(line);
    draw(*size);
    return;
  }
  std::string out;
  for (const Json& line : lines) out += text(line);
  output_.result(out);
}

void WatchView::take(const Json& line) {
  if (isRetraction(line)) {
    std::erase_if(rows_, [id = textOrEmpty(line, "retracts")](const Row& row) { return row.id == id; });
    return;
  }
  const std::string key = textOrEmpty(line, columns_.key);
  std::erase_if(rows_, [&key](const Row& row) { return row.key == key; });
  rows_.push_back({.key = key, .id = textOrEmpty(line, "id"), .cells = columns_.row(line)});
  if (rows_.size() > kMostRows) rows_.erase(rows_.begin());
}

void WatchView::draw(host::TerminalSize size) {
  constexpr std::size_t kHeaderRows = 2, kPromptRows = 1;
  const std::size_t room = size.rows > kHeaderRows + kPromptRows ? size.rows - kHeaderRows - kPromptRows : 1;
  std::vector<std::vector<std::string>> shown;
  for (std::size_t i = rows_.size() - std::min(room, rows_.size()); i < rows_.size(); ++i) {
    shown.push_back(rows_[i].cells);
  }
  const std::string drawn = table(columns_.header, shown);
  std::string out = "\x1b[H\x1b[J";  // from the upper left corner on, all else erased
  for (std::string_view rest = drawn; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    out += cutTo(rest.substr(0, end), size.columns) + "\n";
    rest.remove_prefix(end + 1);
  }
  output_.result(out);
}

}  // namespace peaqos::cli
