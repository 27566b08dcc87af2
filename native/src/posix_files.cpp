// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "posix_calls.hpp"
#include "posix_host.hpp"
#include "socket_lock.hpp"

namespace peaqos::native {
namespace {

using host::FileFailure;

void writeDurably(int file, BytesView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = retrying([&] { return ::write(file, bytes.data(), bytes.size()); });
    if (count < 0) throw failureOf(errno, path);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  if (fsync(file) != 0 && errno != EINVAL) throw failureOf(errno, path);
}

Bytes readAll(int file, const std::string& path, std::size_t limit) {
  Bytes out;
  std::array<std::uint8_t, 1 << 16> block;
  while (true) {
    const ssize_t count = retrying([&] { return ::read(file, block.data(), block.size()); });
    if (count < 0) throw failureOf(errno, path);
    if (count == 0) return out;
    if (out.size() + static_cast<std::size_t>(count) > limit) throw host::FileError{FileFailure::TooLarge, path};
    out.insert(out.end(), block.begin(), block.begin() + count);
  }
}

// With its slash; empty for the working directory.
std::string folderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return path.substr(0, slash == std::string::npos ? 0 : slash + 1);
}

// Makes a new or missing name last; a file system that cannot do it has done its best.
void syncFolder(const std::string& folder) {
  const Descriptor parent(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.get() >= 0) fsync(parent.get());
}

// Where a path leads, its links followed.
std::string resolved(const std::string& path) {
  std::error_code problem;
  const auto whole = std::filesystem::canonical(path, problem);
  return problem ? path : whole.string();
}

std::uint64_t lengthOf(int file, const std::string& path) {
  struct stat status = {};
  if (fstat(file, &status) != 0) throw failureOf(errno, path);
  return static_cast<std::uint64_t>(status.st_size);
}

// Opens a regular file and nothing else; a pipe is not waited for.
int openRegular(const std::string& path, int mode) {
  const int file = retrying([&] { return open(path.c_str(), mode | O_NONBLOCK | O_CLOEXEC | O_NOCTTY); });
  if (file < 0) {
    // A pipe without a reader, or a socket.
    if (errno == ENXIO) throw host::FileError{FileFailure::NotAFile, path};
    throw failureOf(errno, path);
  }
  struct stat status = {};
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) return file;
  close(file);
  throw host::FileError{FileFailure::NotAFile, path};
}

}  // namespace

Task<Bytes> PosixFiles::read(const std::string& path, std::size_t limit) {
  const Descriptor file(retrying([&] { return open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY); }));
  if (file.get() < 0) throw failureOf(errno, path);
  co_return readAll(file.get(), path, limit);
}

Task<void> PosixFiles::append(const std::string& path, BytesView bytes, unsigned mode) {
  const auto openIt = [&](int more) {
    return retrying([&] { return open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | more, mode); });
  };
  const int existing = openIt(0);
  const bool isNew = existing < 0 && errno == ENOENT;
  const Descriptor file(isNew ? openIt(O_CREAT) : existing);
  if (file.get() < 0) throw failureOf(errno, path);
  struct stat status = {};
  // Only what is ours to change: a log that is a device or someone else's file keeps its mode.
  if (fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 0777U) != mode &&
      fchmod(file.get(), mode) != 0) {
    throw failureOf(errno, path);
  }
  writeDurably(file.get(), bytes, path);
  if (isNew || bytes.empty()) syncFolder(folderOf(resolved(path)));
  co_return;
}

std::string PosixFiles::absolute(const std::string& path) {
  std::error_code problem;
  const auto whole = std::filesystem::absolute(path, problem);
  return problem ? path : whole.string();
}

Task<void> PosixFiles::replace(const std::string& path, BytesView bytes, unsigned mode) {
  const std::string folder = folderOf(path);
  std::string temporary = folder + ".peaqos-XXXXXX";
  const Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) throw failureOf(errno, path);
  try {
    writeDurably(file.get(), bytes, path);
    if (fchmod(file.get(), mode) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) throw failureOf(errno, path);
  } catch (...) {
    unlink(temporary.c_str());
    throw;
  }
  syncFolder(folder);
  co_return;
}

Task<std::optional<std::uint64_t>> PosixFiles::freeSpace(const std::string& path) {
  struct statvfs status = {};
  if (statvfs(path.c_str(), &status) != 0) co_return std::nullopt;
  co_return std::uint64_t{status.f_bavail} * status.f_frsize;
}

Task<std::uint64_t> PosixFiles::sizeOf(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) throw failureOf(errno, path);
  if (!S_ISREG(status.st_mode)) throw host::FileError{FileFailure::NotAFile, path};
  co_return static_cast<std::uint64_t>(status.st_size);
}

Task<Bytes> PosixFiles::readPart(const std::string& path, std::uint64_t offset, std::size_t length) {
  const Descriptor file(openRegular(path, O_RDONLY));
  const std::uint64_t size = lengthOf(file.get(), path);
  Bytes out(static_cast<std::size_t>(std::min<std::uint64_t>(length, size - std::min(offset, size))));
  std::size_t filled = 0;
  while (filled < out.size()) {
    const ssize_t count = retrying([&] {
      return pread(file.get(), out.data() + filled, out.size() - filled, static_cast<off_t>(offset + filled));
    });
    if (count < 0) throw failureOf(errno, path);
    if (count == 0) break;  // it was cut meanwhile
    filled += static_cast<std::size_t>(count);
  }
  out.resize(filled);
  co_return out;
}

Task<void> PosixFiles::truncate(const std::string& path, std::uint64_t size) {
  const Descriptor file(openRegular(path, O_WRONLY));
  if (lengthOf(file.get(), path) <= size) co_return;
  const int cut = retrying([&] { return ftruncate(file.get(), static_cast<off_t>(size)); });
  if (cut != 0 || fsync(file.get()) != 0) throw failureOf(errno, path);
}

Task<void> PosixFiles::rename(const std::string& from, const std::string& to) {
  co_await sizeOf(from);  // throws unless it is a file
  // An empty file of our own keeps others from the name, which rename() alone would take from them.
  const Descriptor place(retrying([&] { return open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); }));
  if (place.get() < 0) throw failureOf(errno, to);
  if (::rename(from.c_str(), to.c_str()) != 0) {
    const auto failure = failureOf(errno, from);
    unlink(to.c_str());
    throw failure;
  }
  syncFolder(folderOf(to));
  if (folderOf(from) != folderOf(to)) syncFolder(folderOf(from));
}

Task<unsigned> PosixFiles::modeOf(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) throw failureOf(errno, path);
  co_return status.st_mode & 07777U;
}

Task<std::unique_ptr<host::FileLock>> PosixFiles::tryLock(const std::string& path) { co_return trySocketLock(path); }

Task<Bytes> PosixFiles::readRegular(const std::string& path, std::size_t limit, host::Links links) {
  const Descriptor file(openRegular(path, O_RDONLY | (links == host::Links::Follow ? 0 : O_NOFOLLOW)));
  co_return readAll(file.get(), path, limit);
}

Task<std::vector<std::string>> PosixFiles::list(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), &closedir);
  if (!folder) throw errno == ENOTDIR ? host::FileError{FileFailure::NotAFolder, path} : failureOf(errno, path);
  std::vector<std::string> names;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  co_return names;
}

Task<bool> PosixFiles::makePrivateFolder(const std::string& path) {
  constexpr mode_t kPrivate = 0700;
  if (mkdir(path.c_str(), kPrivate) == 0) {
    syncFolder(folderOf(path));
    co_return false;
  }
  if (errno != EEXIST) throw failureOf(errno, path);
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) throw failureOf(errno, path);
  if (!S_ISDIR(status.st_mode)) throw host::FileError{FileFailure::NotAFolder, path};
  if ((status.st_mode & 07777U) == kPrivate) co_return false;
  if (chmod(path.c_str(), kPrivate) != 0) throw failureOf(errno, path);
  co_return (status.st_mode & 0077U) != 0;
}

Task<void> PosixFiles::createNew(const std::string& path, BytesView bytes, unsigned mode) {
  const Descriptor file(retrying([&] { return open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode); }));
  if (file.get() < 0) throw failureOf(errno, path);
  try {
    writeDurably(file.get(), bytes, path);
  } catch (...) {
    unlink(path.c_str());
    syncFolder(folderOf(path));
    throw;
  }
  syncFolder(folderOf(path));
  co_return;
}

Task<void> PosixFiles::remove(const std::string& path) {
  if (unlink(path.c_str()) != 0) throw failureOf(errno, path);
  co_return;
}

Task<void> PosixFiles::shred(const std::string& path) {
  const Descriptor file(openRegular(path, O_WRONLY | O_NOFOLLOW));
  Bytes noise(static_cast<std::size_t>(lengthOf(file.get(), path)));
  PosixRandom().fill(noise);
  writeDurably(file.get(), noise, path);
  if (unlink(path.c_str()) != 0) throw failureOf(errno, path);
  syncFolder(folderOf(path));
  co_return;
}

}  // namespace peaqos::native
