// The computer that the command runs on: its runtime, its disk, its files, its proxies.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "app/doctor/checks.hpp"
#include "app/wallet/wallets.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"
#include "host/file_mode.hpp"
#include "host/proxy.hpp"
#include "host/redact_url.hpp"
#include "ledger/ledger.hpp"
#include "vault/store.hpp"

namespace peaqos::app {
namespace {

constexpr std::uint64_t kLittleSpace = 16U << 20;  // bytes

Task<std::optional<Finding>> checkMode(std::string path, host::Files& files) {
  unsigned mode = 0;
  try {
    mode = co_await files.modeOf(path);
  } catch (const host::FileError& failure) {
    if (failure.failure == host::FileFailure::Missing) co_return std::nullopt;
    throw host::fileError(ErrorKind::Configuration, "file", failure);
  }
  const std::string shown = printable(files.absolute(path));
  if (!host::isOpenToOthers(mode))
    co_return Finding{.check = "file " + path, .detail = shown + ", for its owner alone"};
  co_return warned("file " + path, shown + " can be read by other users", "chmod 600 " + shellWord(path));
}

Task<bool> isThere(std::string path, host::Files& files) {
  try {
    co_await files.sizeOf(path);
  } catch (const host::FileError& failure) {
    if (failure.failure == host::FileFailure::Missing) co_return false;
    throw host::fileError(ErrorKind::Input, "journal", failure);
  }
  co_return true;
}

Task<Findings> checkWallets(Examination& examination) {
  Listener listener;
  vault::Store store(examination.caller.host, listener, ErrorKind::Configuration);
  const auto wallets = co_await store.list();
  Findings findings{{.check = "vault", .detail = std::to_string(wallets.size()) + " wallets"}};
  if (wallets.empty())
    findings[0] = skipped("vault", "there are no wallets", "Make one with peaqos wallet create NAME");
  for (const std::string& warning : listener.take()) {
    findings.push_back(warned("vault", warning, "Mend it, or move it out of the vault"));
  }
  co_return findings;
}

}  // namespace

Task<Findings> checkRuntime(Examination& examination) {
  const host::Host& host = examination.caller.host;
  Findings findings{{.check = "runtime", .detail = host.runtime}};
  const auto space = co_await host.files.freeSpace(".");
  if (space && *space < kLittleSpace) {
    findings.push_back(warned("space", std::to_string(*space >> 10) + " KiB are free in the working directory",
                              "Free some: what was sent is written to peaqos.log"));
  } else if (space) {
    findings.push_back({.check = "space", .detail = std::to_string(*space >> 20) + " MiB are free"});
  }
  co_return findings;
}

Task<Findings> checkFiles(Examination& examination) {
  host::Files& files = examination.caller.host.files;
  Findings findings;
  for (const char* path : {".env", ledger::Ledger::kFile}) {
    if (auto finding = co_await checkMode(path, files)) findings.push_back(std::move(*finding));
  }
  if (findings.empty()) {
    findings.push_back(skipped("files", "neither .env nor peaqos.log is in " + printable(files.absolute("."))));
  }
  co_return findings;
}

Task<Findings> checkLog(Examination& examination) {
  host::Host& host = examination.caller.host;
  if (!co_await isThere(ledger::Ledger::kFile, host.files)) {
    co_return Findings{skipped("log", "nothing was sent from this folder")};
  }
  Listener listener;
  ledger::Ledger ledger(host, listener);
  const ledger::Ledger::View view = co_await ledger.view();
  Findings findings;
  for (const ledger::Row& row : view.open) {
    findings.push_back(warned("log",
                              "a transaction is under way: " + printable(row.step) + ", " + row.transaction->hash,
                              "Run the command that sent it again: it looks the transaction up first"));
  }
  if (findings.empty()) findings.push_back({.check = "log", .detail = "no transaction is under way"});
  for (const std::string& warning : listener.take()) {
    findings.push_back(warned("log", warning, "Keep a copy of peaqos.log, then run the last command again"));
  }
  co_return findings;
}

Task<Findings> checkVault(Examination& examination) {
  try {
    co_return co_await checkWallets(examination);
  } catch (const Error& error) {
    // A container that signs with a key, say, needs no wallets.
    if (error.code != "NO_HOME" || examination.configuration.look("PEAQOS_OWS_WALLET")) throw;
    co_return Findings{skipped("vault", error.message, "Set HOME to use wallets")};
  }
}

Task<Findings> checkProxies(Examination& examination) {
  constexpr std::array<const char*, 4> kUrls = {"PEAQOS_RPC_URL", "PEAQOS_MCR_API_URL", "PEAQOS_GAS_STATION_URL",
                                                "PEAQOS_ORCHESTRATION_URL"};
  Findings findings;
  for (const char* name : kUrls) {
    const auto setting = examination.configuration.look(name);
    const auto url = setting ? host::parseUrl(setting->value) : std::nullopt;
    if (!url) continue;
    const auto proxy = host::proxyFor(*url, examination.caller.host.environment);
    if (proxy) {
      findings.push_back(
          {.check = "proxies", .detail = std::string(name) + " goes through " + host::redactUrl(*proxy)});
    }
  }
  if (findings.empty()) findings.push_back({.check = "proxies", .detail = "none: every endpoint is reached directly"});
  co_return findings;
}

}  // namespace peaqos::app
