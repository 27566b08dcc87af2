// SPDX-License-Identifier: Apache-2.0
#include "evm/journal.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "base/time.hpp"
#include "host/file_error.hpp"

namespace peaqos::evm {
namespace {

constexpr unsigned kPrivate = 0600;
constexpr std::size_t kLargest = 256U << 20;

}  // namespace

Task<void> Journal::write(std::string line) {
  try {
    co_await files_.append(kFile, asBytes(line), kPrivate);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "journal", failure);
  }
}

Task<void> Journal::open() { co_await write({}); }

Task<void> Journal::append(std::string step, std::string status, Json facts) {
  facts["step"] = std::move(step);
  facts["status"] = std::move(status);
  facts["ts"] = formatMicroseconds(clock_.now());
  // A line that was cut short (a full disk, a lost machine) must not swallow the next one.
  std::string line = std::exchange(torn_, false) ? "\n" : "";
  co_await write(line + dumpSorted(facts) + "\n");
}

Task<std::vector<Json>> Journal::rows() {
  Bytes content;
  try {
    content = co_await files_.read(kFile, kLargest);
  } catch (const host::FileError& failure) {
    if (failure.failure == host::FileFailure::Missing) co_return std::vector<Json>{};
    throw host::fileError(ErrorKind::Input, "journal", failure);
  }
  std::vector<Json> rows;
  const std::string text = asText(content);
  torn_ = !text.empty() && !text.ends_with('\n');
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (auto row = parseJson(std::string_view(text).substr(start, end - start)); row && row->is_object()) {
      rows.push_back(std::move(*row));
    }
    start = end + 1;
  }
  co_return rows;
}

Task<std::vector<Json>> Journal::unresolved(std::string since) {
  std::vector<Json> open;
  for (Json& row : co_await rows()) {
    const std::string hash = textOrEmpty(row, "tx_hash");
    if (hash.empty()) continue;
    if (!since.empty() && textOrEmpty(row, "status") == "confirmed" && textOrEmpty(row, "ts") >= since) continue;
    std::erase_if(open, [&](const Json& earlier) { return textOrEmpty(earlier, "tx_hash") == hash; });
    if (textOrEmpty(row, "status") == "pending" && !textOrEmpty(row, "raw_tx").empty()) open.push_back(std::move(row));
  }
  co_return open;
}

}  // namespace peaqos::evm
