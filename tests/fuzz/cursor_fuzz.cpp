// The file that a watch goes on from, whoever wrote it: it is refused with an Error of one line, or what is read is
// written so that the same is read again.
// SPDX-License-Identifier: Apache-2.0
#include "app/settings/configuration.hpp"
#include "app/watch/state_watch.hpp"
#include "app/watch/trail.hpp"
#include "base/error.hpp"
#include "fuzz.hpp"
#include "support/fake_host.hpp"

using namespace peaqos;

namespace {

constexpr char kFile[] = "cursor.json";

void readTrail(const Json& state) {
  const auto trail = app::Trail::from(state);
  if (!trail) return;
  const Json written = trail->toJson();
  const auto again = app::Trail::from(written);
  fuzz::require(again && again->toJson() == written, "a written trail is read back");
  fuzz::require(!trail->tip() || trail->tip()->block < trail->next(), "what was read lies before what is next");
}

// As a watch of states goes on: nothing of what it knows is there any more, which it writes once.
Task<void> goOn(app::Caller caller) {
  const auto configuration = app::Configuration::ofEnvironment(caller.host);
  std::size_t lines = 0;
  const auto recorder = co_await app::Recorder::open(caller, configuration, {.cursor = kFile}, "orders", "machine",
                                                     [&](const std::vector<Json>& more) { lines += more.size(); });
  readTrail(recorder->state());
  app::StateWatch watch("order", caller.host.clock, *recorder);
  watch.restore();
  co_await watch.take({});
  const std::size_t gone = lines;
  co_await watch.take({});
  fuzz::require(lines == gone, "what is gone is told once");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  test::World world;
  test::FakeHost host(world);
  world.disk.makeFolder(host.folder);
  world.disk.put(host.folder + "/" + kFile, fuzz::textOf(data, size));
  try {
    host.run(goOn({.host = host.lent(), .conversation = host.conversation}));
  } catch (const Error& error) {
    fuzz::require(error.kind == ErrorKind::Input && fuzz::isOneLine(error.message), "the error is one line");
  }
  return 0;
}
