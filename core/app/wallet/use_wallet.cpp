// SPDX-License-Identifier: Apache-2.0
#include "app/wallet/use_wallet.hpp"

#include <utility>

#include "app/settings/env_file.hpp"
#include "app/settings/write_dotenv.hpp"
#include "app/wallet/wallets.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"

namespace peaqos::app {
namespace {

constexpr char kVariable[] = "PEAQOS_OWS_WALLET";

}  // namespace

Task<vault::Wallet> useWallet(std::string nameOrId, Caller caller) {
  vault::Wallet wallet = co_await showWallet(std::move(nameOrId), caller);
  EnvFile file(caller.host.files);
  co_await file.read();
  // A name that .env cannot spell is named by its id.
  const bool spellable = !wallet.name.empty() && unspellable(wallet.name).empty();
  std::string edited = withVariable(file.text(), kVariable, spellable ? wallet.name : wallet.id);
  const Secret content(asBytes(edited));
  wipe({reinterpret_cast<std::uint8_t*>(edited.data()), edited.size()});
  co_await file.write(content);
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
