// SPDX-License-Identifier: Apache-2.0
#include "support/fake_disk.hpp"

#include <algorithm>
#include <stdexcept>

namespace peaqos::test {

using host::FileError;
using host::FileFailure;

std::shared_ptr<FakeDisk::Node> FakeDisk::rootNode() {
  return std::make_shared<Node>(Node{.kind = Node::Kind::Folder, .mode = 0755, .bytes = {}, .synced = {}});
}

std::string FakeDisk::folderOf(const std::string& absolute) {
  const std::size_t slash = absolute.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : absolute.substr(0, slash);
}

// --- Preparation

void FakeDisk::makeFolder(const std::string& path, unsigned mode) {
  if (exists(path)) return;
  makeFolder(folderOf(path), 0755);
  names_[path] = durable_[path] =
      std::make_shared<Node>(Node{.kind = Node::Kind::Folder, .mode = mode, .bytes = {}, .synced = {}});
}

void FakeDisk::put(const std::string& path, std::string_view text, unsigned mode) {
  makeFolder(folderOf(path));
  const Bytes bytes(asBytes(text).begin(), asBytes(text).end());
  names_[path] = durable_[path] = std::make_shared<Node>(Node{.mode = mode, .bytes = bytes, .synced = bytes});
}

void FakeDisk::putPipe(const std::string& path) {
  makeFolder(folderOf(path));
  names_[path] = durable_[path] =
      std::make_shared<Node>(Node{.kind = Node::Kind::Pipe, .mode = 0600, .bytes = {}, .synced = {}});
}

std::shared_ptr<FakeDisk::Node> FakeDisk::node(const std::string& path, const Names& names) const {
  const auto found = names.find(path);
  if (found == names.end()) throw std::out_of_range("the disk has no " + path);
  return found->second;
}

void FakeDisk::putLink(const std::string& path, const std::string& target) {
  putPipe(path);
  links_[path] = target;
}

std::string FakeDisk::target(const std::string& path) const {
  const auto link = links_.find(path);
  return link == links_.end() ? path : link->second;
}

bool FakeDisk::exists(const std::string& path) const { return names_.contains(path); }

std::string FakeDisk::text(const std::string& path) const { return asText(node(path, names_)->bytes); }

std::optional<std::string> FakeDisk::durableText(const std::string& path) const {
  if (!durable_.contains(path)) return std::nullopt;
  return asText(node(path, durable_)->synced);
}

unsigned FakeDisk::mode(const std::string& path) const { return node(path, names_)->mode; }

std::vector<std::string> FakeDisk::paths() const {
  std::vector<std::string> paths;
  for (const auto& [path, found] : names_) {
    if (found->kind != Node::Kind::Folder) paths.push_back(path);
  }
  return paths;
}

// --- Weather

void FakeDisk::set(std::set<std::string>& paths, const std::string& path, bool on) {
  if (on) {
    paths.insert(path);
  } else {
    paths.erase(path);
  }
}

bool FakeDisk::covers(const std::set<std::string>& paths, const std::string& path) {
  return std::ranges::any_of(paths, [&](const std::string& covered) {
    return path == covered || covered == "/" || path.starts_with(covered + "/");
  });
}

void FakeDisk::failNext(DiskOperation operation, FileFailure failure, std::size_t keep) {
  failures_[operation] = {failure, keep};
}

void FakeDisk::refuse(DiskOperation operation, const Place& place) {
  if (covers(denied_, place.absolute)) throw FileError{FileFailure::Denied, place.given};
  if (operation == DiskOperation::Write) return;  // write() itself, since it may keep some bytes
  if (const auto failure = failures_.extract(operation)) throw FileError{failure.mapped().failure, place.given};
}

void FakeDisk::refuseChange(DiskOperation operation, const Place& place) {
  if (covers(readOnly_, place.absolute)) throw FileError{FileFailure::Denied, place.given};
  refuse(operation, place);
}

// --- The machine stops

void FakeDisk::crash() {
  if (survival_.names) durable_ = names_;
  for (const auto& [path, found] : durable_) {
    const std::size_t kept = std::min(found->bytes.size(), found->synced.size() + survival_.unsyncedBytes);
    const bool appended = found->bytes.size() >= found->synced.size() &&
                          std::equal(found->synced.begin(), found->synced.end(), found->bytes.begin());
    if (appended) {
      found->synced.assign(found->bytes.begin(), found->bytes.begin() + static_cast<std::ptrdiff_t>(kept));
    }
    found->bytes = found->synced;
  }
  // A name whose folder is gone cannot be found.
  std::erase_if(durable_, [&](const auto& entry) { return !durable_.contains(folderOf(entry.first)); });
  names_ = durable_;
  locks_.clear();
}

// --- Primitives

FakeDisk::Node& FakeDisk::find(const Place& place) const {
  if (covers(denied_, folderOf(place.absolute))) throw FileError{FileFailure::Denied, place.given};
  const auto found = names_.find(place.absolute);
  if (found == names_.end()) throw FileError{FileFailure::Missing, place.given};
  return *found->second;
}

FakeDisk::Node& FakeDisk::findRegular(const Place& place) const {
  Node& node = find(place);
  if (node.kind != Node::Kind::File) throw FileError{FileFailure::NotAFile, place.given};
  return node;
}

const Bytes& FakeDisk::read(const Place& place, bool regular) {
  const Node& node = regular ? findRegular(place) : find(place);
  if (node.kind == Node::Kind::Folder) throw FileError{FileFailure::NotAFile, place.given};
  if ((node.mode & 0400U) == 0) throw FileError{FileFailure::Denied, place.given};
  refuse(DiskOperation::Read, place);
  return node.bytes;
}

void FakeDisk::create(const Place& place, unsigned mode, Node::Kind kind) {
  if (has(place)) throw FileError{FileFailure::Exists, place.given};
  const Node& folder = find({place.given, folderOf(place.absolute)});
  if (folder.kind != Node::Kind::Folder) throw FileError{FileFailure::Missing, place.given};
  if ((folder.mode & 0200U) == 0) throw FileError{FileFailure::Denied, place.given};
  refuseChange(kind == Node::Kind::Folder ? DiskOperation::MakeFolder : DiskOperation::Create, place);
  names_[place.absolute] = std::make_shared<Node>(Node{.kind = kind, .mode = mode, .bytes = {}, .synced = {}});
}

void FakeDisk::write(const Place& place, BytesView bytes) {
  Node& node = find(place);
  if (node.kind == Node::Kind::Folder) throw FileError{FileFailure::NotAFile, place.given};
  if ((node.mode & 0200U) == 0) throw FileError{FileFailure::Denied, place.given};
  refuseChange(DiskOperation::Write, place);
  std::size_t fits = bytes.size();
  std::optional<FileFailure> failure;
  if (free_ && *free_ < fits) {
    fits = static_cast<std::size_t>(*free_);
    failure = FileFailure::Full;
  }
  if (const auto scripted = failures_.extract(DiskOperation::Write)) {
    fits = std::min(fits, scripted.mapped().keep);
    failure = scripted.mapped().failure;
  }
  append(node.bytes, bytes.first(fits));
  if (free_) *free_ -= fits;
  if (failure) throw FileError{*failure, place.given};
}

void FakeDisk::sync(const Place& place) {
  Node& node = find(place);
  refuse(DiskOperation::Sync, place);
  node.synced = node.bytes;
}

void FakeDisk::syncFolderOf(const Place& place) {
  refuse(DiskOperation::SyncFolder, place);
  const std::string folder = folderOf(place.absolute);
  std::erase_if(durable_,
                [&](const auto& entry) { return folderOf(entry.first) == folder && !names_.contains(entry.first); });
  for (const auto& [path, found] : names_) {
    if (folderOf(path) == folder) durable_[path] = found;
  }
}

void FakeDisk::setMode(const Place& place, unsigned mode) {
  Node& node = find(place);
  refuseChange(DiskOperation::SetMode, place);
  node.mode = mode;
}

void FakeDisk::truncate(const Place& place, std::uint64_t size) {
  Node& node = findRegular(place);
  if ((node.mode & 0200U) == 0) throw FileError{FileFailure::Denied, place.given};
  refuseChange(DiskOperation::Truncate, place);
  if (size < node.bytes.size()) node.bytes.resize(static_cast<std::size_t>(size));
}

void FakeDisk::rename(const Place& from, const Place& to) {
  find(from);
  refuseChange(DiskOperation::Rename, from);
  refuseChange(DiskOperation::Rename, to);
  auto moved = names_.extract(from.absolute);
  names_[to.absolute] = std::move(moved.mapped());
}

void FakeDisk::remove(const Place& place) {
  if (find(place).kind == Node::Kind::Folder) throw FileError{FileFailure::NotAFile, place.given};
  refuseChange(DiskOperation::Remove, place);
  names_.erase(place.absolute);
}

std::vector<std::string> FakeDisk::list(const Place& place) const {
  if (find(place).kind != Node::Kind::Folder) throw FileError{FileFailure::NotAFolder, place.given};
  if (covers(denied_, place.absolute)) throw FileError{FileFailure::Denied, place.given};
  std::vector<std::string> names;
  for (const auto& [path, found] : names_) {
    if (path != "/" && folderOf(path) == place.absolute) names.push_back(path.substr(path.rfind('/') + 1));
  }
  return names;
}

bool FakeDisk::lock(const Place& place) {
  if (covers(unlockable_, place.absolute)) throw FileError{FileFailure::Denied, place.given};
  refuse(DiskOperation::Lock, place);
  return locks_.insert(place.absolute).second;
}

}  // namespace peaqos::test
