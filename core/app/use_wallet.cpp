// SPDX-License-Identifier: Apache-2.0
#include "app/use_wallet.hpp"

#include <optional>
#include <utility>

#include "app/dotenv.hpp"
#include "app/wallets.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

constexpr char kPath[] = ".env";
constexpr char kVariable[] = "PEAQOS_OWS_WALLET";
constexpr std::size_t kLargestDotenv = 1U << 20;
constexpr unsigned kPrivate = 0600;

struct EnvFile {
  Secret text;  // may hold keys
  unsigned mode = kPrivate;
};

Task<EnvFile> readEnvFile(host::Files& files) {
  EnvFile file;
  try {
    file.text = Secret(co_await files.read(kPath, kLargestDotenv));
    file.mode = co_await files.modeOf(kPath);
  } catch (const host::FileError& failure) {
    if (failure.failure != host::FileFailure::Missing) throw host::fileError(ErrorKind::Input, "file", failure);
  }
  co_return file;
}

}  // namespace

Task<vault::Wallet> useWallet(std::string nameOrId, Caller caller) {
  vault::Wallet wallet = co_await showWallet(std::move(nameOrId), caller);
  const EnvFile file = co_await readEnvFile(caller.host.files);
  const BytesView old = file.text.expose();
  // A name that .env cannot spell is named by its id.
  const bool spellable = wallet.name.find("${") == std::string::npos && !wallet.name.empty();
  std::string edited = withVariable({reinterpret_cast<const char*>(old.data()), old.size()}, kVariable,
                                    spellable ? wallet.name : wallet.id);
  const Secret content(asBytes(edited));
  wipe({reinterpret_cast<std::uint8_t*>(edited.data()), edited.size()});
  try {
    co_await caller.host.files.replace(kPath, content.expose(), file.mode);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "file", failure);
  }
  const auto variable = caller.host.environment.get(kVariable);
  if (variable && *variable != wallet.name && *variable != wallet.id) {
    caller.conversation.progress({.name = "environment",
                                  .state = "warning",
                                  .facts = {{"text", "the environment sets " + std::string(kVariable) + " to '" +
                                                         printable(*variable) + "', and that wins over .env"}}});
  }
  co_return wallet;
}

}  // namespace peaqos::app
