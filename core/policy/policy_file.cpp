// SPDX-License-Identifier: Apache-2.0
#include "policy/policy_file.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"
#include "host/file_mode.hpp"

namespace peaqos::policy {
namespace {

constexpr std::size_t kLargest = 1U << 20;

Task<std::optional<Bytes>> readFile(host::Files& files, const Place& place) {
  try {
    co_return co_await files.read(place.path, kLargest);
  } catch (const host::FileError& failure) {
    if (place.required || failure.failure != host::FileFailure::Missing) {
      throw host::fileError(ErrorKind::Configuration, "policy", failure);
    }
  }
  co_return std::nullopt;
}

// Nothing from a host that knows no modes.
Task<std::optional<unsigned>> modeOf(host::Files& files, std::string path) {
  try {
    co_return co_await files.modeOf(path);
  } catch (const host::FileError&) {
  }
  co_return std::nullopt;
}

}  // namespace

Task<std::optional<Policy>> readPolicy(host::Host& host, host::Conversation& conversation, Place place) {
  const auto bytes = co_await readFile(host.files, place);
  if (!bytes) co_return std::nullopt;
  const std::string path = host.files.absolute(place.path);
  const std::string shown = "'" + printable(path) + "'";
  const auto mode = co_await modeOf(host.files, place.path);
  if (mode && host::isWritableByOthers(*mode)) {
    throw configurationError("POLICY_WRITABLE", "others than its owner can change the policy " + shown,
                             "Look through it, then make it private: chmod 600");
  }
  if (mode && host::isOpenToOthers(*mode)) {
    conversation.progress({.name = "secret_file", .state = "exposed", .facts = {{"file", "policy " + shown}}});
  }
  const std::string text = asText(*bytes);
  Rules rules = parseRules(text, shown);
  co_return Policy{.path = path, .document = *parseJson(text), .rules = std::move(rules)};
}

}  // namespace peaqos::policy
