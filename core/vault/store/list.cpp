// Reading a vault that may be mounted: by links, read-only, owned by another user.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "host/file_error.hpp"
#include "host/file_mode.hpp"
#include "vault/store.hpp"

namespace peaqos::vault {
namespace {

using host::FileFailure;

void dropRepeatedLinks(std::vector<Listed>& wallets) {
  std::ranges::partition(wallets, [](const Listed& listed) { return !listed.linked; });
  std::set<std::string> ids;
  std::erase_if(wallets, [&](const Listed& listed) { return !ids.insert(listed.wallet.id).second && listed.linked; });
}

Task<std::optional<Bytes>> readIfRegular(host::Files& files, std::string path) {
  try {
    co_return co_await files.readRegular(path, kLargestFile, host::Links::Refuse);
  } catch (const host::FileError& failure) {
    if (failure.failure != FileFailure::NotAFile) throw;
  }
  co_return std::nullopt;
}

}  // namespace

bool isWalletFile(std::string_view name) {
  constexpr std::string_view kExtension = ".json";
  return name.size() > kExtension.size() && name.ends_with(kExtension);
}

Task<std::optional<std::vector<std::string>>> Store::names(std::string folder) {
  try {
    co_return co_await host_.files.list(folder);
  } catch (const host::FileError& failure) {
    if (failure.failure != FileFailure::Missing) throw fileTrouble(failure);
  }
  co_return std::nullopt;
}

Task<std::optional<bool>> Store::hasEntry(std::string folder, std::string entry) {
  try {
    const auto entries = co_await host_.files.list(folder);
    co_return std::ranges::find(entries, entry) != entries.end();
  } catch (const host::FileError&) {
    co_return std::nullopt;
  }
}

Task<void> Store::refuseDanglingLink() {
  const auto inBase = co_await hasEntry(base_, "wallets");
  const bool dangling = inBase ? *inBase : (co_await hasEntry(home_ + "/", ".ows")).value_or(false);
  if (!dangling) co_return;
  throw Error(kind_, "VAULT_MISSING",
              "vault folder " + printable(inBase ? walletsFolder() : base_) + " cannot be reached",
              "If it is a link, mount what it leads to");
}

Task<void> Store::warnOfOpenFolders() {
  try {
    // Either folder keeps others out of the files.
    if (!host::isOpenToOthers(co_await host_.files.modeOf(base_))) co_return;
    if (!host::isOpenToOthers(co_await host_.files.modeOf(walletsFolder()))) co_return;
  } catch (const host::FileError&) {
    co_return;
  }
  warn("vault", printable(base_) + " is open to other users. chmod 700 " + printable(base_) + " keeps them out");
}

Task<std::optional<Stored>> Store::read(std::string path) {
  std::string problem;
  bool linked = false;
  try {
    auto content = co_await readIfRegular(host_.files, path);
    linked = !content;
    if (linked) content = co_await host_.files.readRegular(path, kLargestFile, host::Links::Follow);
    Reading reading = readWallet({reinterpret_cast<const char*>(content->data()), content->size()});
    if (reading.wallet) co_return Stored{std::move(*reading.wallet), path, linked};
    problem = reading.problem;
  } catch (const host::FileError& failure) {
    const bool missing = failure.failure == FileFailure::Missing;
    if (missing && !linked) co_return std::nullopt;  // removed since the folder was read
    problem = missing ? "it is a link to nothing" : host::reason(failure.failure);
  }
  ++passedOver_;
  warn("wallet_file", "passed over " + printable(path) + ": " + problem);
  co_return std::nullopt;
}

Task<std::vector<Listed>> Store::list() {
  std::vector<Listed> wallets;
  passedOver_ = 0;
  const auto files = co_await names(walletsFolder());
  if (!files) {
    co_await refuseDanglingLink();
    co_return wallets;
  }
  if (!files->empty()) co_await warnOfOpenFolders();
  wallets.reserve(files->size());
  for (const std::string& file : *files) {
    if (!isWalletFile(file)) continue;
    if (auto stored = co_await read(walletsFolder() + "/" + file)) {
      wallets.push_back({std::move(stored->wallet), std::move(stored->path), stored->linked});
    }
  }
  dropRepeatedLinks(wallets);
  std::ranges::sort(wallets, [](const Listed& one, const Listed& other) {
    return std::tie(other.wallet.createdAt, one.path) < std::tie(one.wallet.createdAt, other.path);
  });
  co_return wallets;
}

}  // namespace peaqos::vault
