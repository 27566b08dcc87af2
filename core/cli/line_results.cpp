// SPDX-License-Identifier: Apache-2.0
#include "cli/line_results.hpp"

#include <utility>

#include "host/file_error.hpp"

namespace peaqos::cli {
namespace {

constexpr unsigned kMode = 0644;

}  // namespace

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
