// SPDX-License-Identifier: Apache-2.0
#include "vault/store.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "host/acquire_lock.hpp"
#include "host/file_error.hpp"
#include "host/uuid.hpp"
#include "vault/envelope.hpp"

namespace peaqos::vault {
namespace {

constexpr std::size_t kLongestName = 128;  // characters
constexpr unsigned kPrivate = 0600;
constexpr std::chrono::seconds kPatience{30};

using host::FileFailure;

std::string inQuotes(const std::string& text) { return "'" + printable(text) + "'"; }

// What is wrong with a name for a new wallet, as one clause; empty when nothing is.
std::string problemOf(const std::string& name) {
  if (!isValidUtf8(name)) return "it is not UTF-8 text";
  const std::size_t characters = width(name);
  if (characters == 0) return "it is empty";
  if (characters > kLongestName) return "it has " + std::to_string(characters) + " characters; 128 are the most";
  if (printable(name) != name) return "it holds a control character, or one that changes the direction of text";
  if (trim(name) != name) return "it begins or ends with a blank";
  return {};
}

bool looksLikeId(std::string_view name) {
  if (name.size() != 36) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool digit = std::string_view("0123456789abcdefABCDEF").find(name[i]) != std::string_view::npos;
    if (dash ? name[i] != '-' : !digit) return false;
  }
  return true;
}

// "2026-11-23T15:29:03.625226000+00:00"
std::string timeText(std::int64_t microseconds) {
  std::string fraction = std::to_string(microseconds % 1'000'000);
  fraction.insert(0, 6 - fraction.size(), '0');
  std::string text = formatTime(microseconds / 1'000'000);
  text.pop_back();  // the Z
  return text + "." + fraction + "000+00:00";
}

std::string homeOf(host::Environment& environment) {
  for (const char* name : {"HOME", "USERPROFILE"}) {
    auto home = environment.get(name).value_or(std::string());
    while (home.size() > 1 && home.ends_with('/')) home.pop_back();
    if (!home.empty()) return home == "/" ? std::string() : home;
  }
  throw configurationError("NO_HOME", "there is no home directory to keep wallets in", "Set HOME");
}

}  // namespace

Store::Store(host::Host& host, host::Conversation& conversation, ErrorKind kind)
    : host_(host), conversation_(conversation), kind_(kind), home_(homeOf(host.environment)), base_(home_ + "/.ows") {}

Error Store::fileTrouble(const host::FileError& failure) const { return host::fileError(kind_, "vault file", failure); }

void Store::refuseTaken(const std::vector<Listed>& wallets, const std::string& name) const {
  const auto taken = std::ranges::any_of(
      wallets, [&](const Listed& listed) { return listed.wallet.name == name || listed.wallet.id == name; });
  if (!taken) return;
  throw Error(kind_, "WALLET_EXISTS", "there is a wallet called " + inQuotes(name) + " already", "Choose another name");
}

Listed Store::pick(std::vector<Listed> wallets, const std::string& nameOrId) const {
  const auto byId = std::ranges::find_if(wallets, [&](const Listed& listed) { return listed.wallet.id == nameOrId; });
  if (byId != wallets.end()) return std::move(*byId);
  const auto named = [&](const Listed& listed) { return listed.wallet.name == nameOrId; };
  const auto count = std::ranges::count_if(wallets, named);
  if (count == 1) return std::move(*std::ranges::find_if(wallets, named));
  if (count > 1) {
    throw Error(kind_, "WALLET_AMBIGUOUS", std::to_string(count) + " wallets are called " + inQuotes(nameOrId),
                "Give the ID of the one you mean: peaqos wallet list --json shows them");
  }
  throw notFound(nameOrId);
}

Error Store::notFound(const std::string& nameOrId) const {
  const std::string unread =
      passedOver_ == 0 ? "" : "; " + std::to_string(passedOver_) + " of the vault's files could not be read";
  return {kind_, "WALLET_NOT_FOUND", "there is no wallet called " + inQuotes(nameOrId) + unread,
          "peaqos wallet list shows the names; letter case counts"};
}

Error Store::linkedError(const std::string& name, const std::string& path) const {
  return {kind_, "WALLET_LINKED",
          "wallet " + inQuotes(name) + " is a link to a file kept elsewhere: " + printable(path),
          "Change it where it is kept; a linked wallet is only read"};
}

void Store::warn(std::string name, std::string text) {
  conversation_.progress({.name = std::move(name), .state = "warning", .facts = {{"text", std::move(text)}}});
}

Task<void> Store::makePrivate(std::string folder) {
  if (!co_await host_.files.makePrivateFolder(folder)) co_return;
  warn("vault", printable(folder) + " was open to other users; now only you may enter it");
}

Task<void> Store::makeFolders() {
  try {
    co_await makePrivate(base_);
    co_await makePrivate(walletsFolder());
  } catch (const host::FileError& failure) {
    throw fileTrouble(failure);
  }
}

Task<Listed> Store::find(std::string nameOrId) { co_return pick(co_await list(), nameOrId); }

Task<Stored> Store::load(std::string nameOrId) {
  const Listed found = co_await find(nameOrId);
  auto stored = co_await read(found.path);
  if (!stored) throw notFound(nameOrId);
  co_return std::move(*stored);
}

Task<void> Store::checkNewName(std::string name) {
  const std::string problem = looksLikeId(name) ? "it looks like an ID" : problemOf(name);
  if (!problem.empty()) {
    throw inputError("BAD_NAME", inQuotes(name) + " cannot be a wallet's name: " + problem,
                     "Give 1 to 128 characters, e.g. robot-7");
  }
  refuseTaken(co_await list(), name);
}

Task<void> Store::write(const Stored& stored) {
  const std::string text = writeWallet(stored.wallet);
  try {
    co_await host_.files.replace(stored.path, asBytes(text), kPrivate);
  } catch (const host::FileError& failure) {
    throw fileTrouble(failure);
  }
}

Task<std::unique_ptr<host::FileLock>> Store::lock() {
  const std::string path = printable(base_);
  host::LockRequest request{.path = walletsFolder(),
                            .patience = kPatience,
                            .busy = "another peaqos is writing to " + path + ", and does not end"};
  request.onWaiting = [this, path] {
    conversation_.progress({.name = "vault_lock", .state = "waiting", .facts = {{"path", path}}});
  };
  request.onImpossible = [this, path](FileFailure failure) {
    warn("vault", path + " cannot be locked (" + std::string(host::reason(failure)) +
                      "): run nothing else that changes the vault at the same time");
  };
  co_return co_await host::acquireLock(host_, std::move(request));
}

// Versions up to 0.1 kept a lock file, which one that was killed left behind.
Task<void> Store::removeOldLock() {
  try {
    co_await host_.files.remove(base_ + "/.peaqos-lock");
  } catch (const host::FileError&) {
    co_return;  // there is none
  }
}

Task<void> Store::locked(Task<void> work) {
  co_await makeFolders();
  const auto held = co_await lock();
  co_await removeOldLock();
  co_await work;
}

Task<Stored> Store::add(NewWallet wallet) {
  Json envelope = sealEnvelope(wallet.plaintext.expose(), wallet.passphrase.expose(), host_.random);
  const std::string id = host::newUuid(host_.random);
  Stored stored{makeWallet(id, std::move(wallet.name), timeText(host_.clock.now()), wallet.keyType,
                           std::move(wallet.accounts), std::move(envelope)),
                walletsFolder() + "/" + id + ".json"};
  co_await locked(addNow(stored));
  co_return stored;
}

Task<void> Store::addNow(const Stored& stored) {
  refuseTaken(co_await list(), stored.wallet.name);
  co_await write(stored);
}

Task<Stored> Store::rename(std::string nameOrId, std::string name) {
  Stored out;
  co_await locked(renameNow(nameOrId, name, out));
  co_return out;
}

Task<void> Store::renameNow(const std::string& nameOrId, const std::string& name, Stored& out) {
  out = co_await load(nameOrId);
  if (out.wallet.name == name) co_return;
  if (out.linked) throw linkedError(out.wallet.name, out.path);
  co_await checkNewName(name);
  if (out.wallet.version > kVersion) {
    throw inputError("WALLET_TOO_NEW", "the file of wallet " + inQuotes(nameOrId) + " was made by a later program",
                     "Rename it with that one");
  }
  out.wallet = renamed(std::move(out.wallet), name);
  co_await write(out);
}

void Store::refuseLinked(const Listed& listed) const {
  if (listed.linked) throw linkedError(listed.wallet.name, listed.path);
}

Task<void> Store::erase(Listed listed) {
  refuseLinked(listed);
  try {
    co_await host_.files.shred(listed.path);
  } catch (const host::FileError& failure) {
    throw fileTrouble(failure);
  }
}

Task<bool> Store::mentions(std::string path, std::string id) {
  try {
    const auto json = parseJson(asText(co_await host_.files.readRegular(path, kLargestFile, host::Links::Refuse)));
    const Json* ids = json ? findMember(*json, "wallet_ids") : nullptr;
    co_return ids && ids->is_array() && std::ranges::find(*ids, Json(id)) != ids->end();
  } catch (const host::FileError&) {
    co_return false;
  }
}

Task<std::vector<std::string>> Store::agentKeysOf(std::string id) {
  std::vector<std::string> found;
  const std::string folder = base_ + "/keys";
  const auto files = co_await names(folder);
  for (const std::string& file : files.value_or(std::vector<std::string>())) {
    const std::string path = folder + "/" + file;
    if (isWalletFile(file) && co_await mentions(path, id)) found.push_back(path);
  }
  co_return found;
}

}  // namespace peaqos::vault
