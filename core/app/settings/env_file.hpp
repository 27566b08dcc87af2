// The file `.env` of the working directory: the one place that knows its path, its limit, how it is read and written,
// and whose fault it is when it cannot be.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/settings/dotenv.hpp"
#include "base/secret.hpp"
#include "base/task.hpp"
#include "host/file_mode.hpp"
#include "host/host.hpp"

namespace peaqos::app {

class EnvFile {
 public:
  static constexpr char kPath[] = ".env";
  static constexpr std::size_t kLimit = 1U << 20;  // bytes of the file, and of all its values once they are expanded

  explicit EnvFile(host::Files& files) : files_(files) {}

  // Reads the file; what is not there is empty. Throws Error (Configuration): as fileError() where it cannot be read,
  // "BAD_DOTENV" for what is no UTF-8 text, by its encoding's name or its line.
  Task<void> read();

  // Whether anything has the file's name, a link to nothing included.
  Task<bool> exists();

  // What read() has found.
  std::string_view text() const;
  DotenvFile parse(host::Environment& environment) const;
  // Whether others than its owner can read or change it.
  bool open() const { return host::isOpenToOthers(mode_); }

  static constexpr unsigned kPrivate = 0600;

  // Puts a text into the file's place: whole or not at all where that can be. A link is followed and stays, and a file
  // that cannot be renamed over (a mount, a folder of someone else's) is written in place; if that fails, what was
  // there is put back. Throws Error (Input).
  Task<void> write(const Secret& text, unsigned mode);
  // The same with the mode that the file had when it was read; a new one is private.
  Task<void> write(const Secret& text);

 private:
  Task<bool> isLink();
  Task<unsigned> settableMode(unsigned wanted);
  Task<void> writeInPlace(BytesView text, unsigned mode);

  host::Files& files_;
  Secret content_;
  unsigned mode_ = kPrivate;
};

}  // namespace peaqos::app
