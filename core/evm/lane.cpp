// SPDX-License-Identifier: Apache-2.0
#include "evm/lane.hpp"

#include <optional>
#include <string>

#include "base/text.hpp"
#include "host/acquire_lock.hpp"
#include "host/file_error.hpp"

namespace peaqos::evm {
namespace {

constexpr std::size_t kNameDigits = 16;  // of the address: lock files need short paths (sockaddr_un)

std::optional<std::string> homeOf(host::Environment& environment) {
  for (const char* name : {"HOME", "USERPROFILE"}) {
    if (auto home = environment.get(name); home && !home->empty()) return home;
  }
  return std::nullopt;
}

// False where the folder cannot be made: a read-only home directory.
Task<bool> makeFolders(host::Files& files, std::string home) {
  try {
    co_await files.makePrivateFolder(home + "/.peaqos");
    co_await files.makePrivateFolder(home + "/.peaqos/lanes");
    co_return true;
  } catch (const host::FileError&) {
  }
  co_return false;
}

Task<std::string> lanePath(host::Host& host, Address account) {
  const std::string name = toHex(account.bytes).substr(0, kNameDigits);
  const auto home = homeOf(host.environment);
  const bool made = home && co_await makeFolders(host.files, *home);
  co_return made ? *home + "/.peaqos/lanes/" + name : "peaqos.lane-" + name;
}

}  // namespace

Task<std::unique_ptr<host::FileLock>> enterLane(host::Host& host, host::Conversation& conversation, Address account,
                                                std::chrono::milliseconds patience) {
  const std::string address = shortAddress(toChecksum(account));
  host::LockRequest request{.path = co_await lanePath(host, account),
                            .patience = patience,
                            .busy = "another peaqos is sending transactions of " + address + ", and does not end"};
  request.onWaiting = [&conversation, address] {
    conversation.progress({.name = "lane", .state = "waiting", .facts = {{"address", address}}});
  };
  request.onImpossible = [&conversation, address](host::FileFailure failure) {
    conversation.progress({.name = "lane",
                           .state = "warning",
                           .facts = {{"text", "no lock can be had for the transactions of " + address + " (" +
                                                  std::string(host::reason(failure)) +
                                                  "): send nothing else from this account at the same time"}}});
  };
  co_return co_await host::acquireLock(host, std::move(request));
}

}  // namespace peaqos::evm
