// SPDX-License-Identifier: Apache-2.0
#include "vault/store.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "host/file_error.hpp"
#include "host/uuid.hpp"
#include "vault/envelope.hpp"
#include "vault/lock.hpp"

namespace peaqos::vault {
namespace {

constexpr std::size_t kLargestFile = 128U << 10;  // a wallet of today takes 4 KiB
constexpr std::size_t kLongestName = 128;         // characters
constexpr unsigned kPrivate = 0600;
constexpr std::string_view kExtension = ".json";

using host::FileFailure;

bool isWalletName(std::string_view file) { return file.size() > kExtension.size() && file.ends_with(kExtension); }

std::string inQuotes(const std::string& text) { return "'" + printable(text) + "'"; }

// What is wrong with a name for a new wallet, as one clause; empty when nothing is.
std::string problemOf(const std::string& name) {
  if (!isValidUtf8(name)) return "it is not UTF-8 text";
  const std::size_t characters = width(name);
  if (characters == 0) return "it is empty";
  if (characters > kLongestName) return "it has " + std::to_string(characters) + " characters; 128 are the most";
  if (printable(name) != name) return "it holds a control character";
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
    : host_(host), conversation_(conversation), kind_(kind), base_(homeOf(host.environment) + "/.ows") {}

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
  return {kind_, "WALLET_NOT_FOUND", "there is no wallet called " + inQuotes(nameOrId),
          "peaqos wallet list shows the names; letter case counts"};
}

Task<void> Store::makePrivate(std::string folder) {
  if (!co_await host_.files.makePrivateFolder(folder)) co_return;
  conversation_.progress(
      {.name = "vault",
       .state = "warning",
       .facts = {{"text", printable(folder) + " was open to other users; now only you may enter it"}}});
}

Task<void> Store::makeFolders() {
  try {
    co_await makePrivate(base_);
    co_await makePrivate(walletsFolder());
  } catch (const host::FileError& failure) {
    throw fileTrouble(failure);
  }
}

Task<std::vector<std::string>> Store::names(std::string folder) {
  try {
    co_return co_await host_.files.list(folder);
  } catch (const host::FileError& failure) {
    if (failure.failure != FileFailure::Missing) throw fileTrouble(failure);
  }
  co_return std::vector<std::string>();
}

Task<std::optional<WalletFile>> Store::read(std::string path) {
  std::string problem;
  try {
    const Bytes content = co_await host_.files.readRegular(path, kLargestFile);
    Reading reading = readWallet({reinterpret_cast<const char*>(content.data()), content.size()});
    if (reading.wallet) co_return std::move(reading.wallet);
    problem = reading.problem;
  } catch (const host::FileError& failure) {
    if (failure.failure == FileFailure::Missing) co_return std::nullopt;  // removed since the folder was read
    problem = host::reason(failure.failure);
  }
  conversation_.progress({.name = "wallet_file",
                          .state = "warning",
                          .facts = {{"text", "passed over " + printable(path) + ": " + problem}}});
  co_return std::nullopt;
}

Task<std::vector<Listed>> Store::list() {
  std::vector<Listed> wallets;
  const auto files = co_await names(walletsFolder());
  if (files.empty()) co_return wallets;
  co_await makeFolders();
  wallets.reserve(files.size());
  for (const std::string& file : files) {
    if (!isWalletName(file)) continue;
    const std::string path = walletsFolder() + "/" + file;
    if (auto wallet = co_await read(path)) wallets.push_back({std::move(*wallet), path});
  }
  std::ranges::sort(wallets, [](const Listed& one, const Listed& other) {
    return std::tie(other.wallet.createdAt, one.path) < std::tie(one.wallet.createdAt, other.path);
  });
  co_return wallets;
}

Task<Listed> Store::find(std::string nameOrId) { co_return pick(co_await list(), nameOrId); }

Task<Stored> Store::load(std::string nameOrId) {
  Listed found = co_await find(nameOrId);
  auto wallet = co_await read(found.path);
  if (!wallet) throw notFound(nameOrId);
  co_return Stored{std::move(*wallet), std::move(found.path)};
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

Task<void> Store::locked(Task<void> work) {
  co_await makeFolders();
  try {
    co_await underLock(host_, base_ + "/.peaqos-lock", std::move(work));
  } catch (const host::FileError& failure) {
    throw fileTrouble(failure);
  }
}

Task<Stored> Store::add(NewWallet wallet) {
  Json envelope = sealEnvelope(wallet.plaintext.expose(), wallet.passphrase.expose(), host_.random);
  const std::string id = host::newUuid(host_.random);
  Stored stored{makeWallet(id, std::move(wallet.name), timeText(host_.clock.now()), wallet.keyType,
                           std::move(wallet.accounts), std::move(envelope)),
                walletsFolder() + "/" + id + std::string(kExtension)};
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
  co_await checkNewName(name);
  if (out.wallet.version > kVersion) {
    throw inputError("WALLET_TOO_NEW", "the file of wallet " + inQuotes(nameOrId) + " was made by a later program",
                     "Rename it with that one");
  }
  out.wallet = renamed(std::move(out.wallet), name);
  co_await write(out);
}

Task<void> Store::erase(Listed listed) {
  try {
    co_await host_.files.shred(listed.path);
  } catch (const host::FileError& failure) {
    throw fileTrouble(failure);
  }
}

Task<bool> Store::mentions(std::string path, std::string id) {
  try {
    const auto json = parseJson(asText(co_await host_.files.readRegular(path, kLargestFile)));
    const Json* ids = json ? findMember(*json, "wallet_ids") : nullptr;
    co_return ids && ids->is_array() && std::ranges::find(*ids, Json(id)) != ids->end();
  } catch (const host::FileError&) {
    co_return false;
  }
}

Task<std::vector<std::string>> Store::agentKeysOf(std::string id) {
  std::vector<std::string> found;
  const std::string folder = base_ + "/keys";
  for (const std::string& file : co_await names(folder)) {
    const std::string path = folder + "/" + file;
    if (isWalletName(file) && co_await mentions(path, id)) found.push_back(path);
  }
  co_return found;
}

}  // namespace peaqos::vault
