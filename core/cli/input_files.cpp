// SPDX-License-Identifier: Apache-2.0
#include "cli/input_files.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"
#include "host/file_mode.hpp"

namespace peaqos::cli {
namespace {

constexpr std::size_t kLargest = 16U << 20;

std::string_view viewOf(const Secret& content) {
  return {reinterpret_cast<const char*>(content.expose().data()), content.expose().size()};
}

// Whether others than its owner can read a file.
Task<bool> isExposed(std::string path, host::Files& files) {
  try {
    co_return host::isOpenToOthers(co_await files.modeOf(path));
  } catch (const host::FileError&) {
    co_return false;  // a host that knows no modes
  }
}

}  // namespace

std::string fileName(const Arguments& arguments, std::string_view option) {
  return "--" + std::string(option) + " file '" + printable(arguments.get(option)) + "'";
}

Task<std::optional<Secret>> readOptionFile(Arguments arguments, std::string option, host::Files& files) {
  const auto path = arguments.find(option);
  if (!path) co_return std::nullopt;
  try {
    co_return Secret(co_await files.read(*path, kLargest));
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "--" + option + " file", failure);
  }
}

Task<void> warnOfExposure(Arguments arguments, std::string option, app::Caller caller) {
  if (!co_await isExposed(arguments.get(option), caller.host.files)) co_return;
  caller.conversation.progress({.name = "secret_file",
                                .state = "exposed",
                                .facts = {{"file", fileName(arguments, option)}, {"path", arguments.get(option)}}});
}

Task<std::optional<Secret>> readSecretFile(Arguments arguments, std::string option, app::Caller caller) {
  auto content = co_await readOptionFile(arguments, option, caller.host.files);
  if (content) co_await warnOfExposure(arguments, option, caller);
  co_return content;
}

Task<std::optional<std::string>> readOptionText(Arguments arguments, std::string option, host::Files& files) {
  const auto content = co_await readOptionFile(std::move(arguments), std::move(option), files);
  co_return content ? std::optional(asText(content->expose())) : std::nullopt;
}

Task<std::optional<Secret>> readOptionLine(Arguments arguments, std::string option, app::Caller caller) {
  const auto content = co_await readSecretFile(arguments, option, caller);
  if (!content) co_return std::nullopt;
  const std::string_view line = trim(viewOf(*content));
  const std::string name = fileName(arguments, option);
  if (line.empty()) throw inputError("BAD_FILE", name + " is empty", "Put the value into it, on one line");
  if (line.find('\n') != std::string_view::npos || line.find('\r') != std::string_view::npos) {
    throw inputError("BAD_FILE", name + " has more than one line", "Keep the value alone in it");
  }
  if (!std::ranges::all_of(line, [](char c) { return c > 0x20 && c < 0x7F; })) {
    throw inputError("BAD_FILE", name + " holds a blank, a control character or a letter beyond ASCII",
                     "Write the value again, as plain text");
  }
  co_return Secret(asBytes(line));
}

}  // namespace peaqos::cli
