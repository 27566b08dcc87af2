// The files of one simulated process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/host.hpp"
#include "support/fake_disk.hpp"
#include "support/life.hpp"

namespace peaqos::test {

// Does on a FakeDisk what a POSIX host does on a real one, in the same order: write, sync, sync the folder. The process
// may die between any two of these. `folder` is its working directory.
class FakeFiles : public host::Files {
 public:
  FakeFiles(FakeDisk& disk, Life& life, std::string folder) : disk_(disk), life_(life), folder_(std::move(folder)) {}

  Task<Bytes> read(const std::string& path, std::size_t limit) override;
  Task<void> append(const std::string& path, BytesView bytes, unsigned mode) override;
  std::string absolute(const std::string& path) override;
  Task<void> replace(const std::string& path, BytesView bytes, unsigned mode) override;
  Task<std::uint64_t> sizeOf(const std::string& path) override;
  Task<Bytes> readPart(const std::string& path, std::uint64_t offset, std::size_t length) override;
  Task<void> truncate(const std::string& path, std::uint64_t size) override;
  Task<void> rename(const std::string& from, const std::string& to) override;
  Task<unsigned> modeOf(const std::string& path) override;
  Task<std::unique_ptr<host::FileLock>> tryLock(const std::string& path) override;
  Task<Bytes> readRegular(const std::string& path, std::size_t limit, host::Links links) override;
  Task<std::optional<std::uint64_t>> freeSpace(const std::string& path) override;
  Task<std::vector<std::string>> list(const std::string& path) override;
  Task<bool> makePrivateFolder(const std::string& path) override;
  Task<void> createNew(const std::string& path, BytesView bytes, unsigned mode) override;
  Task<void> remove(const std::string& path) override;
  Task<void> shred(const std::string& path) override;

 private:
  FakeDisk::Place place(const std::string& path) { return {path, absolute(path)}; }
  Task<void> writeAndSync(FakeDisk::Place place, Bytes bytes, std::string verb);

  FakeDisk& disk_;
  Life& life_;
  std::string folder_;
  int temporaries_ = 0;
};

}  // namespace peaqos::test
