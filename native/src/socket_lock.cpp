// SPDX-License-Identifier: Apache-2.0
#include "socket_lock.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "posix_calls.hpp"
#include "posix_host.hpp"

namespace peaqos::native {
namespace {

// A lock's folder, open for as long as its sockets are used.
class Folder {
 public:
  // `path` with its slash; empty for the working directory.
  explicit Folder(std::string path)
      : path_(std::move(path)),
        descriptor_(open(path_.empty() ? "." : path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_.get() < 0) throw failureOf(errno, path_);
  }

  std::string pathOf(const std::string& name) const { return path_ + name; }

  std::vector<std::string> socketsBeginningWith(const std::string& prefix) const {
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(opendir(path_.empty() ? "." : path_.c_str()), &closedir);
    if (!listing) throw failureOf(errno, path_);
    std::vector<std::string> names;
    while (const dirent* entry = readdir(listing.get())) {
      const bool socket = entry->d_type == DT_SOCK || entry->d_type == DT_UNKNOWN;
      if (socket && std::string_view(entry->d_name).starts_with(prefix)) names.emplace_back(entry->d_name);
    }
    return names;
  }

  // The address of a socket in it. An address has room for 107 bytes (unix(7)): a longer path goes by way of the open
  // folder, where the system has /proc.
  sockaddr_un addressOf(const std::string& name) const {
    sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = {}};
    std::string path = pathOf(name);
    if (path.size() >= sizeof address.sun_path)
      path = "/proc/self/fd/" + std::to_string(descriptor_.get()) + "/" + name;
    if (path.size() >= sizeof address.sun_path) throw host::FileError{host::FileFailure::Other, pathOf(name)};
    path.copy(address.sun_path, path.size());
    return address;
  }

 private:
  std::string path_;
  Descriptor descriptor_;
};

int newSocket() { return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

// A holder that cannot be asked counts as living.
bool lives(const Folder& folder, const std::string& name) {
  const Descriptor asking(newSocket());
  const sockaddr_un address = folder.addressOf(name);
  if (connect(asking.get(), generic(address), sizeof address) == 0) return true;
  return errno != ECONNREFUSED && errno != ENOENT;
}

// Whether another holder has the lock. What dead holders left is swept away: their names are never used again.
bool isTaken(const Folder& folder, const std::string& prefix, const std::string& own) {
  for (const std::string& name : folder.socketsBeginningWith(prefix)) {
    if (name == own) continue;
    if (lives(folder, name)) return true;
    unlink(folder.pathOf(name).c_str());
  }
  return false;
}

// 64 random bits: enough for a name that is never used twice.
std::string newSuffix() {
  std::array<std::uint8_t, 8> bytes{};
  PosixRandom().fill(bytes);
  return toHex(bytes);
}

class SocketLock : public host::FileLock {
 public:
  SocketLock(const Folder& folder, const std::string& name) : path_(folder.pathOf(name)), socket_(newSocket()) {
    // Who sees its name finds it listening: it gets the name afterwards.
    const std::string unseen = name + ".new";
    const sockaddr_un address = folder.addressOf(unseen);
    if (bind(socket_.get(), generic(address), sizeof address) != 0) throw failureOf(errno, path_);
    const std::string bound = folder.pathOf(unseen);
    listened_ = listen(socket_.get(), SOMAXCONN) == 0 && rename(bound.c_str(), path_.c_str()) == 0;
    if (!listened_) unlink(bound.c_str());
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
  const std::size_t nameStart = path.rfind('/') + 1;
  const Folder folder(path.substr(0, nameStart));
  const std::string prefix = path.substr(nameStart) + ".lock-";
  if (isTaken(folder, prefix, {})) return nullptr;
  const std::string own = prefix + newSuffix();
  // Of two at once, each sees the other, or one does.
  auto lock = std::make_unique<SocketLock>(folder, own);
  if (!lock->listened() || isTaken(folder, prefix, own)) return nullptr;
  return lock;
}

}  // namespace peaqos::native
