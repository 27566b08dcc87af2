// SPDX-License-Identifier: Apache-2.0
#include "app/watch/recorder.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "crypto/keccak.hpp"
#include "host/acquire_lock.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kLargestCursor = 256U << 20;
constexpr unsigned kMode = 0600;
constexpr int kCursorVersion = 1;
constexpr char kRole[] = "--cursor file";

// A header's value, whatever an id holds.
std::string deliveryOf(const Json& line) {
  constexpr std::size_t kDigits = 32;
  return toHex(crypto::keccak256(asBytes(textOrEmpty(line, "id")))).substr(0, kDigits);
}

}  // namespace

Task<std::unique_ptr<Recorder>> Recorder::open(const Caller& caller, const Configuration& configuration,
                                               WatchOptions options, std::string watch, Json subject, LineSink sink) {
  Json head{{"version", kCursorVersion}, {"watch", std::move(watch)}, {"subject", std::move(subject)}};
  auto recorder = std::make_unique<Recorder>(caller.host.files, std::move(options), std::move(head), std::move(sink));
  if (recorder->options_.webhook) {
    recorder->webhook_ = std::make_unique<Webhook>(caller.host, configuration.webhook().value());
  }
  if (const auto& path = recorder->options_.cursor) {
    host::LockRequest request{.path = *path,
                              .patience = std::chrono::milliseconds(0),
                              .busy = "another watch goes on from the --cursor file '" + printable(*path) + "'"};
    request.onImpossible = [&caller, name = printable(*path)](host::FileFailure failure) {
      const std::string text = "the --cursor file '" + name + "' cannot be locked (" +
                               std::string(host::reason(failure)) + "): let no other watch go on from it";
      caller.conversation.progress({.name = "watch", .state = "warning", .facts = {{"text", text}}});
    };
    recorder->lock_ = co_await host::acquireLock(caller.host, std::move(request));
    co_await recorder->readCursor();
  }
  co_return recorder;
}

Task<void> Recorder::readCursor() {
  const std::string& path = *options_.cursor;
  Bytes bytes;
  try {
    bytes = co_await files_.read(path, kLargestCursor);
  } catch (const host::FileError& failure) {
    if (failure.failure == host::FileFailure::Missing) co_return;
    throw host::fileError(ErrorKind::Input, kRole, failure);
  }
  const auto cursor = parseJson(asText(bytes));
  const Json* version = cursor ? findMember(*cursor, "version") : nullptr;
  const Json* state = cursor ? findMember(*cursor, "state") : nullptr;
  const std::string name = std::string(kRole) + " '" + printable(path) + "'";
  if (!version || !state || !state->is_object() || *version != kCursorVersion) {
    throw inputError("BAD_CURSOR", "the " + name + " is not a cursor of this version",
                     "Name another file, or remove this one to begin anew");
  }
  for (const char* member : {"watch", "subject"}) {
    const Json* known = findMember(*cursor, member);
    if (known && *known == head_[member]) continue;
    throw inputError("OTHER_CURSOR", "the " + name + " belongs to a watch of something else",
                     "Name a file of its own for each watch");
  }
  state_ = *state;
}

Task<void> Recorder::record(std::vector<Json> lines, Json state) {
  if (!lines.empty()) sink_(lines);
  if (webhook_) {
    for (const Json& line : lines) co_await webhook_->post(dumpJson(line), deliveryOf(line));
  }
  written_ += lines.size();
  if (state == state_) co_return;
  state_ = std::move(state);
  if (!options_.cursor) co_return;
  Json cursor = head_;
  cursor["state"] = state_;
  const std::string text = dumpJson(cursor) + "\n";
  try {
    co_await files_.replace(*options_.cursor, asBytes(text), kMode);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, kRole, failure);
  }
}

}  // namespace peaqos::app
