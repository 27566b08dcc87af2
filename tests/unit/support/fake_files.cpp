// SPDX-License-Identifier: Apache-2.0
#include "support/fake_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

namespace peaqos::test {
namespace {

using host::FileError;
using host::FileFailure;

class FakeLock : public host::FileLock {
 public:
  FakeLock(FakeDisk& disk, std::string absolute) : disk_(disk), absolute_(std::move(absolute)) {}
  FakeLock(const FakeLock&) = delete;
  FakeLock& operator=(const FakeLock&) = delete;
  ~FakeLock() override { disk_.unlock(absolute_); }

 private:
  FakeDisk& disk_;
  std::string absolute_;
};

Bytes limited(const Bytes& bytes, std::size_t limit, const std::string& path) {
  if (bytes.size() > limit) throw FileError{FileFailure::TooLarge, path};
  return bytes;
}

}  // namespace

std::string FakeFiles::absolute(const std::string& path) {
  std::string normal = (std::filesystem::path(folder_) / path).lexically_normal().string();
  if (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

Task<Bytes> FakeFiles::read(const std::string& path, std::size_t limit) {
  const auto file = place(path);
  co_await life_.step("read");
  co_return limited(disk_.read(file, false), limit, file.given);
}

Task<std::optional<std::uint64_t>> FakeFiles::freeSpace(const std::string&) { co_return disk_.free(); }

Task<Bytes> FakeFiles::readRegular(const std::string& path, std::size_t limit, host::Links links) {
  auto file = place(path);
  if (links == host::Links::Follow) file.absolute = disk_.target(file.absolute);
  co_await life_.step("readRegular");
  co_return limited(disk_.read(file, true), limit, file.given);
}

Task<Bytes> FakeFiles::readPart(const std::string& path, std::uint64_t offset, std::size_t length) {
  const auto file = place(path);
  co_await life_.step("readPart");
  const Bytes& bytes = disk_.read(file, true);
  if (offset >= bytes.size()) co_return Bytes();
  const BytesView part = BytesView(bytes).subspan(static_cast<std::size_t>(offset));
  const BytesView kept = part.first(std::min(part.size(), length));
  co_return Bytes(kept.begin(), kept.end());
}

Task<std::uint64_t> FakeFiles::sizeOf(const std::string& path) {
  const auto file = place(path);
  co_await life_.step("sizeOf");
  co_return disk_.findRegular(file).bytes.size();
}

Task<unsigned> FakeFiles::modeOf(const std::string& path) {
  const auto file = place(path);
  co_await life_.step("modeOf");
  co_return disk_.find(file).mode;
}

Task<std::vector<std::string>> FakeFiles::list(const std::string& path) {
  const auto folder = place(path);
  co_await life_.step("list");
  co_return disk_.list(folder);
}

// The bytes at the end of a file that is there.
Task<void> FakeFiles::writeAndSync(FakeDisk::Place file, Bytes bytes, std::string verb) {
  disk_.write(file, bytes);
  co_await life_.step(verb + ": written");
  disk_.sync(file);
  co_await life_.step(verb + ": synced");
}

Task<void> FakeFiles::append(const std::string& path, BytesView bytes, unsigned mode) {
  const auto file = place(path);
  Bytes copy(bytes.begin(), bytes.end());
  co_await life_.step("append");
  const bool created = !disk_.has(file);
  const bool syncsFolder = created || copy.empty();
  if (created) disk_.create(file, mode);
  if (disk_.find(file).kind == FakeDisk::Node::Kind::File && disk_.find(file).mode != mode) {
    if ((disk_.find(file).mode & 0200U) == 0) throw FileError{FileFailure::Denied, file.given};
    disk_.setMode(file, mode);
  }
  co_await writeAndSync(file, std::move(copy), "append");
  if (!syncsFolder) co_return;
  disk_.syncFolderOf(file);
  co_await life_.step("append: folder synced");
}

Task<void> FakeFiles::createNew(const std::string& path, BytesView bytes, unsigned mode) {
  const auto file = place(path);
  Bytes copy(bytes.begin(), bytes.end());
  co_await life_.step("createNew");
  disk_.create(file, mode | 0200U);
  std::exception_ptr failure;
  try {
    co_await writeAndSync(file, std::move(copy), "createNew");
  } catch (const FileError&) {
    failure = std::current_exception();
  }
  if (failure) {
    disk_.remove(file);
    std::rethrow_exception(failure);
  }
  disk_.setMode(file, mode);
  disk_.syncFolderOf(file);
  co_await life_.step("createNew: folder synced");
}

Task<void> FakeFiles::replace(const std::string& path, BytesView bytes, unsigned mode) {
  const auto file = place(path);
  Bytes copy(bytes.begin(), bytes.end());
  const std::string folder = FakeDisk::folderOf(file.absolute) == "/" ? "" : FakeDisk::folderOf(file.absolute);
  std::string name;
  do {  // a name that no process, dead or alive, has left there
    name = folder + "/.peaqos-" + std::to_string(++temporaries_);
  } while (disk_.exists(name));
  const FakeDisk::Place temporary{path, name};
  co_await life_.step("replace");
  disk_.create(temporary, 0600);
  std::exception_ptr failure;
  try {
    co_await writeAndSync(temporary, std::move(copy), "replace");
    disk_.setMode(temporary, mode);
    disk_.rename(temporary, file);
  } catch (const FileError&) {
    failure = std::current_exception();
  }
  if (failure) {
    disk_.remove(temporary);
    std::rethrow_exception(failure);
  }
  co_await life_.step("replace: renamed");
  disk_.syncFolderOf(file);
  co_await life_.step("replace: folder synced");
}

Task<void> FakeFiles::truncate(const std::string& path, std::uint64_t size) {
  const auto file = place(path);
  co_await life_.step("truncate");
  disk_.truncate(file, size);
  co_await life_.step("truncate: cut");
  disk_.sync(file);
  co_await life_.step("truncate: synced");
}

// The new name is taken first, with an empty file, so that of two at once one fails.
Task<void> FakeFiles::rename(const std::string& from, const std::string& to) {
  const auto old = place(from), fresh = place(to);
  co_await life_.step("rename");
  disk_.findRegular(old);
  disk_.create(fresh, 0600);
  co_await life_.step("rename: name taken");
  disk_.rename(old, fresh);
  co_await life_.step("rename: renamed");
  disk_.syncFolderOf(fresh);
  disk_.syncFolderOf(old);
  co_await life_.step("rename: folders synced");
}

Task<std::unique_ptr<host::FileLock>> FakeFiles::tryLock(const std::string& path) {
  const auto file = place(path);
  co_await life_.step("tryLock");
  std::unique_ptr<host::FileLock> lock;
  if (disk_.lock(file)) lock = std::make_unique<FakeLock>(disk_, file.absolute);
  co_return lock;
}

Task<bool> FakeFiles::makePrivateFolder(const std::string& path) {
  constexpr unsigned kPrivate = 0700;
  const auto folder = place(path);
  co_await life_.step("makePrivateFolder");
  if (disk_.has(folder)) {
    const auto& found = disk_.find(folder);
    if (found.kind != FakeDisk::Node::Kind::Folder) throw FileError{FileFailure::NotAFile, folder.given};
    const bool open = (found.mode & 0077U) != 0;
    if (found.mode != kPrivate) disk_.setMode(folder, kPrivate);
    co_return open;
  }
  disk_.create(folder, kPrivate, FakeDisk::Node::Kind::Folder);
  disk_.syncFolderOf(folder);
  co_await life_.step("makePrivateFolder: folder synced");
  co_return false;
}

Task<void> FakeFiles::remove(const std::string& path) {
  const auto file = place(path);
  co_await life_.step("remove");
  disk_.remove(file);
  co_await life_.step("remove: removed");
}

Task<void> FakeFiles::shred(const std::string& path) {
  const auto file = place(path);
  co_await life_.step("shred");
  auto& node = disk_.findRegular(file);
  const std::size_t size = node.bytes.size();
  disk_.truncate(file, 0);
  co_await writeAndSync(file, Bytes(size, 0xA5), "shred");
  disk_.remove(file);
  disk_.syncFolderOf(file);
  co_await life_.step("shred: folder synced");
}

}  // namespace peaqos::test
