// SPDX-License-Identifier: Apache-2.0
#include "socket_lock.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstdio>
#include <utility>

#include "host/uuid.hpp"
#include "posix_calls.hpp"
#include "posix_host.hpp"

namespace peaqos::native {
namespace {

struct FileAddress {
  explicit FileAddress(const std::string& path) {
    if (path.size() >= sizeof address.sun_path) throw host::FileError{host::FileFailure::Other, path};
    path.copy(address.sun_path, path.size());
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
  sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = {}};
};

int newSocket() { return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

// Whoever cannot be asked counts as living.
bool lives(const std::string& path) {
  const Descriptor asking(newSocket());
  const FileAddress address(path);
  if (connect(asking.get(), address.get(), sizeof address.address) == 0) return true;
  return errno != ECONNREFUSED && errno != ENOENT;
}

// Whether somebody else holds the lock. What dead holders left is swept away: their names are never used again.
bool isTaken(const std::string& folder, const std::string& prefix, const std::string& own) {
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(opendir(folder.empty() ? "." : folder.c_str()), &closedir);
  if (!listing) throw failureOf(errno, folder);
  while (const dirent* entry = readdir(listing.get())) {
    const std::string file = folder + entry->d_name;
    const bool socket = entry->d_type == DT_SOCK || entry->d_type == DT_UNKNOWN;
    if (!file.starts_with(prefix) || !socket || file == own) continue;
    if (lives(file)) return true;
    unlink(file.c_str());
  }
  return false;
}

class SocketLock : public host::FileLock {
 public:
  explicit SocketLock(std::string path) : path_(std::move(path)), socket_(newSocket()) {
    // Who sees its name finds it listening: it gets the name afterwards.
    const std::string unseen = path_ + ".new";
    const FileAddress address(unseen);
    if (bind(socket_.get(), address.get(), sizeof address.address) != 0) throw failureOf(errno, path_);
    listened_ = listen(socket_.get(), SOMAXCONN) == 0 && rename(unseen.c_str(), path_.c_str()) == 0;
    if (!listened_) unlink(unseen.c_str());
  }
  ~SocketLock() override { unlink(path_.c_str()); }
  SocketLock(const SocketLock&) = delete;
  SocketLock& operator=(const SocketLock&) = delete;

  // False when it was swept away before it listened.
  bool listened() const { return listened_; }

 private:
  std::string path_;
  Descriptor socket_;
  bool listened_ = false;
};

}  // namespace

std::unique_ptr<host::FileLock> trySocketLock(const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);  // with its slash; empty for the working directory
  const std::string prefix = path + ".lock-";
  if (isTaken(folder, prefix, {})) return nullptr;
  PosixRandom random;
  const std::string own = prefix + host::newUuid(random);
  // Of two at once, each sees the other, or one does.
  auto lock = std::make_unique<SocketLock>(own);
  if (!lock->listened() || isTaken(folder, prefix, own)) return nullptr;
  return lock;
}

}  // namespace peaqos::native
