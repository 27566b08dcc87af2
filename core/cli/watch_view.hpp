// What the watch commands share: their options, and how lines are shown.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/watch/watch.hpp"
#include "cli/command.hpp"
#include "peaq/fields.hpp"

namespace peaqos::cli {

inline constexpr Option kCursorOption = {
    .name = "cursor",
    .type = ValueType::File,
    .placeholder = "FILE",
    .help = "Go on where the run that wrote this file ended, and write how far this one came",
    .use = FileUse::Written};
inline constexpr Option kLinesOption = {.name = "count",
                                        .type = ValueType::Integer,
                                        .placeholder = "N",
                                        .help = "End after N lines; lines of one block, or of one look, stay together"};
inline constexpr Option kOnceOption = {
    .name = "once", .type = ValueType::Flag, .help = "Look once, print what there is, and end"};
inline constexpr Option kWebhookOption = {.name = "webhook",
                                          .type = ValueType::Url,
                                          .placeholder = "URL",
                                          .help = "Post each line there as well, signed with PEAQOS_WEBHOOK_SECRET"};
inline constexpr Option kJsonLinesOption = {
    .name = "json", .type = ValueType::Flag, .help = "Print each line as JSON, one object a line"};
inline constexpr Option kSinceOption = {.name = "since",
                                        .type = ValueType::Integer,
                                        .placeholder = "BLOCK",
                                        .help = "Begin with this block, where no cursor says where",
                                        .fallback = "now"};

// The options above. `caller` gets the address of the webhook. Throws Error (Input).
app::WatchOptions watchOptions(const Arguments& arguments, app::Caller& caller);

// How lines of one type become rows for people.
struct WatchColumns {
  std::vector<std::string> header;
  std::vector<std::string> (*row)(const Json& line);
  std::string_view key;  // the member that names the row: a later line about it takes its place
};

// JSON lines; rows; or on a terminal a table of the newest rows, drawn anew.
class WatchView {
 public:
  WatchView(const Arguments& arguments, host::Environment& environment, Output& output, WatchColumns columns);

  void show(const std::vector<Json>& lines);

 private:
  void take(const Json& line);
  void draw(host::TerminalSize size);
  std::string text(const Json& line) const;

  Output& output_;
  const bool json_, canDraw_;
  const WatchColumns columns_;
  struct Row {
    std::string key, id;  // of the line that it shows
    std::vector<std::string> cells;
  };
  std::vector<Row> rows_;  // newest last
};

// What a line about a machine or an order says has happened.
inline constexpr std::string_view kChanges[] = {"initial", "new", "changed", "gone"};

// Members of a line that takes another one back.
peaq::FieldTable retractionFields();

}  // namespace peaqos::cli
