// Where the results of lines of a file go: standard output, and the file of --results.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/events/submit_events.hpp"
#include "cli/output.hpp"

namespace peaqos::cli {

// The words for app::LineStatus, for schemas.
inline constexpr std::string_view kLineStatuses[] = {"confirmed", "rejected", "invalid", "duplicate", "pending"};

// The end of a run in text: its counts, that of the lines which it did itself under `label`.
std::string summaryText(const app::LineCounts& counts, std::string_view label, std::uint64_t done);

// What keeps a command from ending with 0. `lacking`: what the lines are not that are rejected or pending, as in "3 of
// 4 lines are not on the chain"; what to do about those, and about invalid ones.
struct LineWords {
  std::string_view lacking, rerun, mend;
};
std::optional<Error> complaintOf(const app::LineCounts& counts, const LineWords& words);

class LineResults {
 public:
  LineResults(std::optional<std::string> path, host::Files& files, Output& output)
      : path_(std::move(path)), files_(files), output_(output) {}

  // Empties the file. Throws Error (Input), as flush() does.
  Task<void> begin();

  void add(std::string_view forFile, std::string_view forOutput);

  // Writes what was added.
  Task<void> flush();

 private:
  const std::optional<std::string> path_;
  host::Files& files_;
  Output& output_;
  std::string forFile_, forOutput_;
};

}  // namespace peaqos::cli
