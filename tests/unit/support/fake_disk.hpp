// A disk in memory that forgets what was not synced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "host/host.hpp"

namespace peaqos::test {

// What a process wants with a file, for failNext().
enum class DiskOperation { Read, Create, Write, Sync, SyncFolder, SetMode, Truncate, Rename, Remove, MakeFolder, Lock };

// One disk can be shared by many FakeHosts. Each file has bytes as the processes see them and bytes as they are on the
// medium; so has each folder its names. crash() throws away the former. Paths are absolute and normal.
class FakeDisk {
 public:
  // --- What a test prepares and looks at. Everything prepared is durable.

  // A folder and its parents.
  void makeFolder(const std::string& path, unsigned mode = 0700);
  // A file, in the place of whatever is there; its folder is made as well.
  void put(const std::string& path, std::string_view text, unsigned mode = 0600);
  // A pipe without an end: opening it as a regular file is FileFailure::NotAFile.
  void putPipe(const std::string& path);
  // A symbolic link: readRegular() follows it if it is asked to, and nothing else does.
  void putLink(const std::string& path, const std::string& target);
  // Where a path leads; itself if it is no link.
  std::string target(const std::string& path) const;
  bool exists(const std::string& path) const;
  // The bytes of a file as processes see them. Throws std::out_of_range if there is none.
  std::string text(const std::string& path) const;
  // The bytes that a crash would leave, or std::nullopt if it would leave no file.
  std::optional<std::string> durableText(const std::string& path) const;
  unsigned mode(const std::string& path) const;
  std::vector<std::string> paths() const;
  bool locked(const std::string& path) const { return locks_.contains(path); }

  // --- Weather. A path stands for itself and everything below it.

  void setReadOnly(const std::string& path, bool on = true) { set(readOnly_, path, on); }
  void setDenied(const std::string& path, bool on = true) { set(denied_, path, on); }
  // Locks in this folder fail with FileFailure::Denied.
  void setUnlockable(const std::string& path, bool on = true) { set(unlockable_, path, on); }
  // Bytes until the disk is full: what fits of a write is written, then it fails with Full. std::nullopt: endless.
  void setFree(std::optional<std::uint64_t> bytes) { free_ = bytes; }
  std::optional<std::uint64_t> free() const { return free_; }
  // The next operation of a kind fails; a Write keeps its first `keep` bytes (a torn write).
  void failNext(DiskOperation operation, host::FileFailure failure, std::size_t keep = 0);

  // --- The machine stops.

  struct Survival {
    std::size_t unsyncedBytes = 0;  // of each file, from the first that was appended since its last sync
    bool names = false;             // names made, changed or removed since their folder was synced are kept
  };
  // What a PowerCut leaves from now on.
  void setSurvival(Survival survival) { survival_ = survival; }
  // Leaves what a machine finds when it starts again, and releases every lock.
  void crash();

  // --- What FakeFiles is made of. Each throws FileError with the path that the caller knows the file by.

  struct Place {
    std::string given;
    std::string absolute;
  };
  struct Node {
    enum class Kind { File, Folder, Pipe };
    Kind kind = Kind::File;
    unsigned mode = 0;
    Bytes bytes;   // as processes see them
    Bytes synced;  // as they are on the medium
  };

  Node& find(const Place& place) const;
  Node& findRegular(const Place& place) const;
  bool has(const Place& place) const { return names_.contains(place.absolute); }
  const Bytes& read(const Place& place, bool regular);
  // Throws FileFailure::Exists if the name is taken.
  void create(const Place& place, unsigned mode, Node::Kind kind = Node::Kind::File);
  void write(const Place& place, BytesView bytes);
  void sync(const Place& place);
  void syncFolderOf(const Place& place);
  void setMode(const Place& place, unsigned mode);
  void truncate(const Place& place, std::uint64_t size);
  void rename(const Place& from, const Place& to);
  void remove(const Place& place);
  std::vector<std::string> list(const Place& place) const;
  // False if somebody holds it.
  bool lock(const Place& place);
  void unlock(const std::string& absolute) { locks_.erase(absolute); }

  static std::string folderOf(const std::string& absolute);

 private:
  using Names = std::map<std::string, std::shared_ptr<Node>>;
  struct Failure {
    host::FileFailure failure;
    std::size_t keep;
  };

  static void set(std::set<std::string>& paths, const std::string& path, bool on);
  static bool covers(const std::set<std::string>& paths, const std::string& path);
  void refuse(DiskOperation operation, const Place& place);
  void refuseChange(DiskOperation operation, const Place& place);
  std::shared_ptr<Node> node(const std::string& path, const Names& names) const;

  Names names_{{"/", rootNode()}};
  Names durable_ = names_;
  static std::shared_ptr<Node> rootNode();
  std::set<std::string> readOnly_, denied_, unlockable_, locks_;
  std::optional<std::uint64_t> free_;
  std::map<std::string, std::string> links_;
  std::map<DiskOperation, Failure> failures_;
  Survival survival_;
};

}  // namespace peaqos::test
