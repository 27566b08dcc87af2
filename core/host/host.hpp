// Everything a host lends to the core. A host decides nothing: what a user can observe is decided in the core.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "host/console.hpp"
#include "host/transport.hpp"

namespace peaqos::host {

class Clock {
 public:
  virtual ~Clock() = default;
  // Microseconds since 1970-01-01T00:00:00Z.
  virtual std::int64_t now() = 0;
  // Time since an arbitrary start. Never steps back, whatever is done to the date: deadlines are measured with it.
  virtual std::chrono::microseconds monotonic() = 0;
  virtual Task<void> sleep(std::chrono::milliseconds duration) = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  // Fills with bytes from the operating system's cryptographic source.
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

class Environment {
 public:
  virtual ~Environment() = default;
  // A variable of the process; set but empty is an empty string.
  virtual std::optional<std::string> get(const std::string& name) = 0;
};

// Why a file could not be read or written.
enum class FileFailure { Missing, NotAFile, NotAFolder, Denied, TooLarge, Full, Exists, Other };

// Whether a symbolic link in the last part of a path is followed.
enum class Links { Refuse, Follow };

// Thrown by Files. What kind of Error it becomes depends on what the file was for, so the caller decides
// (fileError() in file_error.hpp makes the message).
struct FileError {
  FileFailure failure;
  std::string path;
};

// Keeps every other process and run from the same lock until it is destroyed, or until its process ends, however it
// ends.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

class Files {
 public:
  virtual ~Files() = default;
  // The whole file (a pipe until its end), at most `limit` bytes. A relative path counts from the working directory.
  virtual Task<Bytes> read(const std::string& path, std::size_t limit) = 0;
  // Appends bytes and syncs the file to the disk before it returns; the folder too, if the file is new or there are no
  // bytes: then all that is there becomes durable, whoever wrote it. A new file gets `mode`; an existing one is set to
  // it.
  virtual Task<void> append(const std::string& path, BytesView bytes, unsigned mode) = 0;
  // The absolute form of a path, for messages.
  virtual std::string absolute(const std::string& path) = 0;
  // Puts a file with these bytes and `mode` into the place of whatever is there: readers see the old one or the new
  // one whole, also when the machine stops meanwhile.
  virtual Task<void> replace(const std::string& path, BytesView bytes, unsigned mode) = 0;
  // Bytes that may still be written to the file system of a path; std::nullopt if the host cannot tell.
  virtual Task<std::optional<std::uint64_t>> freeSpace(const std::string& path) = 0;
  // The length of a regular file in bytes.
  virtual Task<std::uint64_t> sizeOf(const std::string& path) = 0;
  // Up to `length` bytes of a regular file from `offset` on; fewer at its end, none beyond it.
  virtual Task<Bytes> readPart(const std::string& path, std::uint64_t offset, std::size_t length) = 0;
  // Cuts a regular file to its first `size` bytes and syncs it. A file that is not longer is left as it is.
  virtual Task<void> truncate(const std::string& path, std::uint64_t size) = 0;
  // Gives a regular file another name in the same file system and syncs the folders of both names. Throws
  // FileFailure::Exists when `to` is there; of two at once, one succeeds. Readers may see `to` empty for a moment, and
  // find it so if the machine stops meanwhile: `from` is complete then.
  virtual Task<void> rename(const std::string& from, const std::string& to) = 0;
  // The permission bits of what a path names.
  virtual Task<unsigned> modeOf(const std::string& path) = 0;
  // The lock that belongs to a file, which need not be there; null when somebody has it. Throws FileError where the
  // file's folder can hold no locks.
  virtual Task<std::unique_ptr<FileLock>> tryLock(const std::string& path) = 0;

  // The vault's verbs. They never follow a symbolic link in a path's last part unless asked to, and never wait for a
  // pipe: such a file is FileFailure::NotAFile.

  // The whole of a regular file, at most `limit` bytes.
  virtual Task<Bytes> readRegular(const std::string& path, std::size_t limit, Links links) = 0;
  // The names in a folder, in no order, without "." and "..". FileFailure::NotAFolder for anything else.
  virtual Task<std::vector<std::string>> list(const std::string& path) = 0;
  // Makes a folder that only its owner may enter (0700), or makes one that is there so. Its parent must be there.
  // Returns whether an existing one was open to others.
  virtual Task<bool> makePrivateFolder(const std::string& path) = 0;
  // Makes a file that was not there and syncs it and its folder; FileFailure::Exists when anything is. Of two at once,
  // one succeeds. When writing fails, no file is left.
  virtual Task<void> createNew(const std::string& path, BytesView bytes, unsigned mode) = 0;
  // Takes a file's name away.
  virtual Task<void> remove(const std::string& path) = 0;
  // Overwrites a regular file's whole length with random bytes, syncs, then takes its name away and syncs the folder.
  virtual Task<void> shred(const std::string& path) = 0;
};

enum class Stream { Out, Err };

class Terminal {
 public:
  virtual ~Terminal() = default;
  // Writes text whole and at once. Throws BrokenPipe if the reader has gone, WriteFailed if it cannot be written.
  virtual void write(Stream stream, std::string_view text) = 0;
  // Whether a person types what readLine() and readKey() bring.
  virtual bool interactive() = 0;
  // The next line of standard input without its line feed, and not a byte beyond it; nothing at the end of input.
  // Throws Error (Interrupted) when the user presses Ctrl-C.
  virtual Task<std::optional<Secret>> readLine() = 0;
  // Where a person types: true from now on shows nothing of it and hands over each byte, false ends that.
  virtual void hideTyping(bool hidden) = 0;
  // While typing is hidden: the next byte of it; nothing at the end of input. Throws as readLine().
  virtual Task<std::optional<std::uint8_t>> readKey() = 0;
  // The next bytes of standard input, as many as have come and at most `length`; none at its end. For data: readLine()
  // must not be called in the same run. Throws as readLine().
  virtual Task<Bytes> readInput(std::size_t length) = 0;
};

// Normalisation forms of Unicode: NFC and NFD.
enum class UnicodeForm { Composed, Decomposed };

class Normalizer {
 public:
  virtual ~Normalizer() = default;
  // A text in UTF-8, which is valid, in another form.
  virtual Secret normalize(BytesView text, UnicodeForm form) = 0;
};

// The reader of a stream closed it: the command ends without another word.
struct BrokenPipe {};

// A stream takes no more, for another reason.
struct WriteFailed {
  FileFailure failure;
};

struct Host {
  Transport& transport;
  Clock& clock;
  Random& random;
  Environment& environment;
  Files& files;
  Terminal& terminal;
  Console* console = nullptr;        // none: this host cannot serve it
  std::string runtime = {};          // what the program runs on, for people: "Node.js 20.20.2"
  Normalizer* normalizer = nullptr;  // none: texts are taken as they are
};

}  // namespace peaqos::host
