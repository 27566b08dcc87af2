// SPDX-License-Identifier: Apache-2.0
#include "app/market/market_files.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kLargest = 65'536;
constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::milliseconds kPoll{200};

std::string firstLine(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty()) return std::string(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

}  // namespace

Task<std::string> awaitSignatureFile(std::string path, std::string field, Caller caller) {
  const std::int64_t deadline = caller.host.clock.now() + std::chrono::microseconds(kPatience).count();
  bool said = false;
  while (true) {
    std::optional<host::FileError> failure;
    try {
      const std::string line = firstLine(asText(co_await caller.host.files.read(path, kLargest)));
      if (!line.empty()) co_return line;
    } catch (const host::FileError& error) {
      if (error.failure != host::FileFailure::Missing) {
        throw host::fileError(ErrorKind::Input, field + " file", error);
      }
      failure = error;
    }
    if (caller.host.clock.now() >= deadline) {
      if (failure) throw host::fileError(ErrorKind::Input, field + " file", *failure);
      throw inputError("EMPTY_FILE", field + " file '" + printable(path) + "' holds no signature",
                       "Write the signature into it, on one line");
    }
    if (!said) caller.conversation.progress({.name = "signature_file", .state = "waiting", .facts = {{"path", path}}});
    said = true;
    co_await caller.host.clock.sleep(kPoll);
  }
}

}  // namespace peaqos::app
