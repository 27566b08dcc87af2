// Where the lines of a watch go, and the cursor file from which a later run goes on (docs/commands.md#watching).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/caller.hpp"
#include "app/settings/configuration.hpp"
#include "app/watch/watch.hpp"
#include "app/watch/webhook.hpp"

namespace peaqos::app {

// The order is: lines to the sink, lines to the webhook, then the cursor. A process that is killed between writes the
// lines since the last cursor again, with the same ids.
class Recorder {
 public:
  // Reads the cursor file, where one is named, and keeps other watches from it. `watch` and `subject` say what is
  // watched. Throws Error (Input): "BAD_CURSOR" for another file, "OTHER_CURSOR" for one of another watch; Network
  // "LOCKED".
  static Task<std::unique_ptr<Recorder>> open(const Caller& caller, const Configuration& configuration,
                                              WatchOptions options, std::string watch, Json subject, LineSink sink);

  Recorder(host::Files& files, WatchOptions options, Json head, LineSink sink)
      : files_(files), options_(std::move(options)), head_(std::move(head)), sink_(std::move(sink)) {}

  // What the cursor says; null where there is none.
  const Json& state() const { return state_; }

  // Writes lines, and that all up to `state` is written.
  Task<void> record(std::vector<Json> lines, Json state);

  // Whether as many lines as wanted were written.
  bool isFull() const { return options_.count && written_ >= *options_.count; }
  bool isOnce() const { return options_.once; }

 private:
  Task<void> readCursor();

  host::Files& files_;
  const WatchOptions options_;
  const Json head_;  // the members of the cursor file before its state
  LineSink sink_;
  std::unique_ptr<host::FileLock> lock_;
  std::unique_ptr<Webhook> webhook_;
  Json state_;
  std::uint64_t written_ = 0;
};

}  // namespace peaqos::app
