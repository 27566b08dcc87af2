// SPDX-License-Identifier: Apache-2.0
#include "app/settings/env_file.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

using host::FileFailure;

Error badFile(const std::string& problem) {
  return configurationError("BAD_DOTENV", "Invalid configuration: .env " + problem, "Save it as UTF-8 text");
}

// The encoding that a file says it has, or that its zeros show; empty for UTF-8.
std::string otherEncoding(std::string_view text) {
  using namespace std::string_view_literals;
  if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
  const bool zeros = text.size() >= 4 && (text[0] == '\0') != (text[1] == '\0') &&
                     (text[0] == '\0') == (text[2] == '\0') && (text[1] == '\0') == (text[3] == '\0');
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || zeros ? "UTF-16" : "";
}

// The number of the line of a position. Lines end in LF, CR LF or CR.
std::size_t lineAt(std::string_view text, std::size_t position) {
  std::size_t line = 1;
  for (std::size_t at = 0; at < position; ++at) {
    if (text[at] == '\n' || (text[at] == '\r' && !text.substr(at).starts_with("\r\n"))) ++line;
  }
  return line;
}

void checkText(std::string_view text) {
  if (const std::string encoding = otherEncoding(text); !encoding.empty()) {
    throw badFile("is " + encoding + " text, and only UTF-8 is read");
  }
  std::size_t at = 0;
  while (at < text.size() && text[at] != '\0') {
    const auto character = firstCharacter(text.substr(at));
    if (!character) break;
    at += character->bytes;
  }
  if (at == text.size()) return;
  const std::string where = std::to_string(lineAt(text, at));
  throw badFile(text[at] == '\0' ? "holds a NUL character in line " + where : "is not UTF-8 text in line " + where);
}

Error writeError(const host::FileError& failure) { return host::fileError(ErrorKind::Input, "file", failure); }

}  // namespace

std::string_view EnvFile::text() const {
  return {reinterpret_cast<const char*>(content_.expose().data()), content_.expose().size()};
}

DotenvFile EnvFile::parse(host::Environment& environment) const {
  return parseDotenv(text(), [&](const std::string& name) { return environment.get(name); }, kLimit);
}

Task<void> EnvFile::read() {
  content_ = Secret();
  try {
    content_ = Secret(co_await files_.read(kPath, kLimit));
    mode_ = co_await files_.modeOf(kPath);
  } catch (const host::FileError& failure) {
    if (failure.failure != FileFailure::Missing) {
      throw host::fileError(ErrorKind::Configuration, "configuration file", failure);
    }
  }
  checkText(text());
}

Task<bool> EnvFile::isLink() {
  try {
    co_await files_.readRegular(kPath, kLimit, host::Links::Refuse);
  } catch (const host::FileError& failure) {
    co_return failure.failure == FileFailure::NotAFile;
  }
  co_return false;
}

Task<bool> EnvFile::exists() {
  if (co_await isLink()) co_return true;
  try {
    co_await files_.read(kPath, 0);
  } catch (const host::FileError& failure) {
    co_return failure.failure != FileFailure::Missing;
  }
  co_return true;
}

// The mode that appending to the file may ask for: the wanted one if it is ours to set, else the file's own. Also shows
// whether the file can be written, before anything of it is lost.
Task<unsigned> EnvFile::settableMode(unsigned wanted) {
  const unsigned own = co_await files_.modeOf(kPath);
  try {
    co_await files_.append(kPath, {}, wanted);
    co_return wanted;
  } catch (const host::FileError& failure) {
    if (wanted == own || failure.failure != FileFailure::Denied) throw;
  }
  co_await files_.append(kPath, {}, own);
  co_return own;
}

// Not at once: a machine that stops between the two steps leaves an empty file.
Task<void> EnvFile::writeInPlace(BytesView text, unsigned mode) {
  Secret before;
  bool isNew = false;
  try {
    co_await files_.sizeOf(kPath);  // a pipe cannot be written so
  } catch (const host::FileError& failure) {
    if (failure.failure != FileFailure::Missing) throw;
    isNew = true;
  }
  if (!isNew) {
    before = Secret(co_await files_.read(kPath, kLimit));
    mode = co_await settableMode(mode);
    co_await files_.truncate(kPath, 0);
  }
  std::optional<host::FileError> failure;
  try {
    co_await files_.append(kPath, text, mode);
    co_return;
  } catch (const host::FileError& error) {
    failure = error;
  }
  try {
    co_await files_.truncate(kPath, 0);
    co_await files_.append(kPath, before.expose(), mode);
  } catch (const host::FileError&) {
    throw *failure;  // it says why
  }
  throw *failure;
}

Task<void> EnvFile::write(const Secret& text, unsigned mode) {
  const bool link = co_await isLink();
  std::optional<host::FileError> failure;
  try {
    if (link) {
      co_await writeInPlace(text.expose(), mode);
    } else {
      co_await files_.replace(kPath, text.expose(), mode);
    }
    co_return;
  } catch (const host::FileError& error) {
    failure = error;
  }
  // A file that is there may take a new text where its folder takes no new file.
  const bool mayTakeIt = failure->failure == FileFailure::Denied || failure->failure == FileFailure::Other;
  if (link || !mayTakeIt || !co_await exists()) throw writeError(*failure);
  try {
    co_await writeInPlace(text.expose(), mode);
  } catch (const host::FileError& error) {
    throw writeError(error);
  }
}

Task<void> EnvFile::write(const Secret& text) { co_await write(text, mode_); }

}  // namespace peaqos::app
