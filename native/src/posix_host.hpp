// Clock, randomness, environment, files and terminal of a POSIX process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <termios.h>

#include "event_loop.hpp"
#include "host/display.hpp"
#include "host/host.hpp"

namespace peaqos::native {

class PosixClock : public host::Clock {
 public:
  explicit PosixClock(EventLoop& loop) : loop_(loop) {}
  std::int64_t now() override;
  std::chrono::microseconds monotonic() override;
  // Throws Error (Interrupted) when the user presses Ctrl-C.
  Task<void> sleep(std::chrono::milliseconds duration) override;

 private:
  EventLoop& loop_;
};

class PosixRandom : public host::Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

class PosixEnvironment : public host::Environment {
 public:
  std::optional<std::string> get(const std::string& name) override;
};

class PosixFiles : public host::Files {
 public:
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
};

class PosixTerminal : public host::Terminal, public host::Display {
 public:
  PosixTerminal() = default;
  ~PosixTerminal() override { PosixTerminal::hideTyping(false); }
  PosixTerminal(const PosixTerminal&) = delete;
  PosixTerminal& operator=(const PosixTerminal&) = delete;
  void write(host::Stream stream, std::string_view text) override;
  bool interactive() override;
  std::optional<host::TerminalSize> size(host::Stream stream) override;
  Task<std::optional<Secret>> readLine() override;
  void hideTyping(bool hidden) override;
  Task<std::optional<std::uint8_t>> readKey() override;
  Task<Bytes> readInput(std::size_t length) override;

 private:
  std::optional<termios> shown_;  // how the terminal was before typing was hidden
};

// By utf8proc.
class Utf8procNormalizer : public host::Normalizer {
 public:
  Secret normalize(BytesView text, host::UnicodeForm form) override;
};

}  // namespace peaqos::native
