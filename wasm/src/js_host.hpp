// The host of the core, over the object that lend.mjs makes of a JavaScript host.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <emscripten/val.h>

#include "fetch_transport.hpp"
#include "host/agent_server.hpp"
#include "host/display.hpp"
#include "host/host.hpp"

namespace peaqos::wasm {

// Must live as long as the command or operation that uses host(). What each function of the object takes and returns is
// documented in lend.mjs.
class JsHost : private host::Clock,
               private host::Random,
               private host::Environment,
               private host::Files,
               private host::Terminal,
               private host::Normalizer,
               private host::Console,
               private host::AgentServer,
               private host::Display {
 public:
  // Leaves the call's id on the object.
  explicit JsHost(emscripten::val object);
  ~JsHost() override;
  JsHost(const JsHost&) = delete;
  JsHost& operator=(const JsHost&) = delete;
  host::Host& host() { return host_; }
  // Null when the object lends nobody who serves agents.
  host::AgentServer* agents() { return object_["agents"].isUndefined() ? nullptr : this; }
  host::Display& display() { return *this; }

  // Ends the requests of the call with this id; nothing when there is none, as once it has ended.
  static void cancel(std::uint32_t id);

 private:
  // Calls a function of the object whose result is there at once; throws for a failure.
  template <typename... Args>
  emscripten::val called(const char* name, Args&&... args);

  std::int64_t now() override;
  std::chrono::microseconds monotonic() override;
  Task<void> sleep(std::chrono::milliseconds duration) override;
  void fill(std::span<std::uint8_t> out) override;
  std::optional<std::string> get(const std::string& name) override;
  Task<Bytes> read(const std::string& path, std::size_t limit) override;
  Task<void> append(const std::string& path, BytesView bytes, unsigned mode) override;
  std::string absolute(const std::string& path) override;
  Task<void> replace(const std::string& path, BytesView bytes, unsigned mode) override;
  Task<std::optional<std::uint64_t>> freeSpace(const std::string& path) override;
  Task<std::uint64_t> sizeOf(const std::string& path) override;
  Task<Bytes> readPart(const std::string& path, std::uint64_t offset, std::size_t length) override;
  Task<void> truncate(const std::string& path, std::uint64_t size) override;
  Task<void> rename(const std::string& from, const std::string& to) override;
  Task<unsigned> modeOf(const std::string& path) override;
  Task<std::unique_ptr<host::FileLock>> tryLock(const std::string& path) override;
  Task<Bytes> readRegular(const std::string& path, std::size_t limit, host::Links links) override;
  Task<std::vector<std::string>> list(const std::string& path) override;
  Task<bool> makePrivateFolder(const std::string& path) override;
  Task<void> createNew(const std::string& path, BytesView bytes, unsigned mode) override;
  Task<void> remove(const std::string& path) override;
  Task<void> shred(const std::string& path) override;
  void write(host::Stream stream, std::string_view text) override;
  bool interactive() override;
  std::optional<host::TerminalSize> size(host::Stream stream) override;
  Task<std::optional<Secret>> readLine() override;
  void hideTyping(bool hidden) override;
  Task<std::optional<std::uint8_t>> readKey() override;
  Task<Bytes> readInput(std::size_t length) override;
  Secret normalize(BytesView text, host::UnicodeForm form) override;
  Task<std::uint16_t> listen(host::ConsoleService service) override;
  void admit(const std::string& token) override;
  void open(const std::string& url) override;
  Task<bool> served() override;
  Task<void> serve(host::AgentGrant grant) override;

  emscripten::val object_;
  std::uint32_t id_;
  FetchTransport transport_;
  host::Host host_;
};

// A Uint8Array of its own with these bytes. Longer texts go to JavaScript as bytes: there they are decoded at once,
// while embind's strings are put together character by character.
emscripten::val copyOf(BytesView bytes);

// Throws what a result of lend.mjs stands for when it is a failure: Error, or host::FileError for `path`.
void refuse(const emscripten::val& result, const std::string& path = {});

// A line as lend.mjs hands it over: its bytes, which are overwritten there, or nothing for null. Throws Error
// (Interrupted) for a wait that was given up.
std::optional<Secret> lineFrom(const emscripten::val& settled);

}  // namespace peaqos::wasm
