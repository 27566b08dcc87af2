// SPDX-License-Identifier: Apache-2.0
#include "cli/line_results.hpp"

#include <utility>

#include "base/error.hpp"
#include "cli/layout.hpp"
#include "evm/units.hpp"
#include "host/file_error.hpp"

namespace peaqos::cli {
namespace {

constexpr unsigned kMode = 0644;

}  // namespace

std::string summaryText(const app::LineCounts& counts, std::string_view label, std::uint64_t done) {
  const auto number = [](std::uint64_t count) { return std::to_string(count); };
  return (counts.stopped ? "Stopped before the end.\n" : "All lines were read.\n") +
         pairs({{"Lines", number(counts.lines)},
                {std::string(label), number(done)},
                {"Earlier", number(counts.earlier)},
                {"Duplicates", number(counts.duplicates)},
                {"Invalid", number(counts.invalid)},
                {"Rejected", number(counts.rejected)},
                {"Pending", number(counts.pending)},
                {"Transactions", number(counts.transactions)},
                {"Fees", evm::formatUnitsUp(counts.fees, 18, 6) + " " + counts.currency}},
               2);
}

std::optional<Error> complaintOf(const app::LineCounts& counts, const LineWords& words) {
  if (counts.stopped) return counts.stopped;
  const std::string of = " of " + std::to_string(counts.lines) + " lines are ";
  if (const std::uint64_t left = counts.rejected + counts.pending; left > 0) {
    return networkError("LINES_LEFT",
                        std::to_string(left) + of + std::string(words.lacking) + " (" +
                            std::to_string(counts.rejected) + " rejected, " + std::to_string(counts.pending) +
                            " pending)",
                        std::string(words.rerun));
  }
  if (counts.invalid == 0) return std::nullopt;
  return inputError("INVALID_LINES", std::to_string(counts.invalid) + of + "invalid", std::string(words.mend));
}

Task<void> LineResults::begin() {
  if (!path_) co_return;
  try {
    co_await files_.replace(*path_, {}, kMode);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "--results file", failure);
  }
}

void LineResults::add(std::string_view forFile, std::string_view forOutput) {
  if (path_) forFile_ += forFile;
  forOutput_ += forOutput;
}

Task<void> LineResults::flush() {
  const std::string ofFile = std::exchange(forFile_, {}), ofOutput = std::exchange(forOutput_, {});
  if (!ofFile.empty()) {
    try {
      co_await files_.append(*path_, asBytes(ofFile), kMode);
    } catch (const host::FileError& failure) {
      throw host::fileError(ErrorKind::Input, "--results file", failure);
    }
  }
  if (!ofOutput.empty()) output_.result(ofOutput);
}

}  // namespace peaqos::cli
