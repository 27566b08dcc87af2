// SPDX-License-Identifier: Apache-2.0
#include "file_steps.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "base/bytes.hpp"
#include "host/file_error.hpp"

namespace peaqos::probe {
namespace {

struct Step {
  std::string verb;
  std::string path;
  std::string text;
  std::string to;
  unsigned mode = 0600;
  std::uint64_t offset = 0;
  std::size_t length = 1 << 20;  // also a limit, a size or milliseconds
};

Step stepFrom(const Json& json) {
  const auto text = [&](const char* name) { return json.value(name, std::string()); };
  return {.verb = text("file"),
          .path = text("path"),
          .text = text("text"),
          .to = text("to"),
          .mode = json.value("mode", 0600U),
          .offset = json.value("offset", std::uint64_t{0}),
          .length = json.value("length", std::size_t{1 << 20})};
}

std::map<std::string, std::unique_ptr<host::FileLock>>& locks() {
  static std::map<std::string, std::unique_ptr<host::FileLock>> held;
  return held;
}

Task<Json> lock(const Step& step, host::Host& host) {
  auto lock = co_await host.files.tryLock(step.path);
  if (!lock) co_return false;
  locks()[step.path] = std::move(lock);
  co_return true;
}

Task<Json> holdLock(const Step& step, host::Host& host) {
  const Json taken = co_await lock(step, host);
  host.terminal.write(host::Stream::Out, taken.get<bool>() ? "held\n" : "taken\n");
  co_await host.clock.sleep(std::chrono::milliseconds(step.length));
  co_return taken;
}

Task<Json> names(const Step& step, host::Host& host) {
  auto all = co_await host.files.list(step.path);
  std::ranges::sort(all);
  co_return Json(all);
}

Json textOf(const Bytes& bytes) { return std::string(asText(bytes)); }

Task<Json> changed(const Step& step, host::Host& host) {
  host::Files& files = host.files;
  if (step.verb == "append") co_await files.append(step.path, asBytes(step.text), step.mode);
  if (step.verb == "createNew") co_await files.createNew(step.path, asBytes(step.text), step.mode);
  if (step.verb == "replace") co_await files.replace(step.path, asBytes(step.text), step.mode);
  if (step.verb == "truncate") co_await files.truncate(step.path, step.length);
  if (step.verb == "rename") co_await files.rename(step.path, step.to);
  if (step.verb == "remove") co_await files.remove(step.path);
  if (step.verb == "unlock") locks().erase(step.path);
  co_return nullptr;
}

Task<Json> valueOf(const Step& step, host::Host& host) {
  host::Files& files = host.files;
  if (step.verb == "read") co_return textOf(co_await files.read(step.path, step.length));
  if (step.verb == "readRegular")
    co_return textOf(co_await files.readRegular(step.path, step.length, host::Links::Refuse));
  if (step.verb == "readPart") co_return textOf(co_await files.readPart(step.path, step.offset, step.length));
  if (step.verb == "sizeOf") co_return co_await files.sizeOf(step.path);
  if (step.verb == "modeOf") co_return co_await files.modeOf(step.path);
  if (step.verb == "makePrivateFolder") co_return co_await files.makePrivateFolder(step.path);
  if (step.verb == "list") co_return co_await names(step, host);
  if (step.verb == "lock") co_return co_await lock(step, host);
  if (step.verb == "holdLock") co_return co_await holdLock(step, host);
  co_return co_await changed(step, host);
}

}  // namespace

Task<Json> fileOutcome(const Json& json, host::Host& host) {
  const Step step = stepFrom(json);
  try {
    co_return Json{{"value", co_await valueOf(step, host)}};
  } catch (const host::FileError& error) {
    co_return Json{{"failure", std::string(host::reason(error.failure))}};
  }
}

}  // namespace peaqos::probe
