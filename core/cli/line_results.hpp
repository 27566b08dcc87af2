// Where the results of lines of a file go: standard output, and the file of --results.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/output.hpp"

namespace peaqos::cli {

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
