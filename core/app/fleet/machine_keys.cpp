// SPDX-License-Identifier: Apache-2.0
#include "app/fleet/machine_keys.hpp"

#include <utility>

#include "app/signing/key_signer.hpp"
#include "app/wallet/passphrase.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/u256.hpp"
#include "host/file_error.hpp"
#include "vault/families.hpp"
#include "vault/open_wallet.hpp"
#include "vault/store.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kLargestKeyFile = 4096;
constexpr std::uint64_t kMostAccounts = 1ULL << 31;  // numbers of a mnemonic's tree

std::uint64_t accountNumber(const std::string& text) {
  const auto number = evm::U256::fromDecimal(text);
  const auto index = number ? number->toUint64() : std::nullopt;
  if (index && *index < kMostAccounts) return *index;
  throw inputError("BAD_FIELD", "index is '" + printable(text) + "'", "Give a whole number from 0 to 2147483647");
}

}  // namespace

Task<std::unique_ptr<evm::Signer>> MachineKeys::ofFile(std::string path) {
  try {
    const Secret content(co_await caller_.host.files.read(path, kLargestKeyFile));
    const std::string_view text(reinterpret_cast<const char*>(content.expose().data()), content.expose().size());
    co_return signerFrom(asBytes(trim(text)), "machine_key file '" + printable(path) + "'");
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "machine_key file", failure);
  }
}

Task<std::unique_ptr<evm::Signer>> MachineKeys::ofWallet(std::string nameOrId, std::string index) {
  const std::uint64_t number = accountNumber(index);
  if (!opened_.contains(nameOrId)) {
    vault::Store store(caller_.host, caller_.conversation);
    vault::Stored stored = co_await store.load(nameOrId);
    const Secret passphrase = co_await signingPassphrase(caller_, configuration_, stored.wallet);
    Secret secret;
    try {
      secret = vault::openWallet(stored.wallet, passphrase.expose());
    } catch (Error& error) {
      error.kind = ErrorKind::Configuration;  // who signs is a setting, and so is what is wrong with it
      throw;
    }
    auto keys = vault::readPlaintext(stored.wallet.keyType, secret.expose());
    if (!keys) {
      throw inputError("BAD_WALLET_FILE", "the secret of wallet " + vault::quotedName(stored.wallet) +
                                              " is neither a mnemonic phrase nor a key");
    }
    opened_.emplace(nameOrId, std::move(*keys));
  }
  const vault::Keys& keys = opened_.at(nameOrId);
  if (keys.secp256k1 && number > 0) {
    throw inputError("BAD_FIELD", "index is " + index + ", but wallet '" + printable(nameOrId) + "' holds one key",
                     "Use a wallet with a phrase");
  }
  auto key = vault::evmKeyOf(keys, "m/44'/60'/0'/0/" + std::to_string(number));
  if (!key) throw inputError("BAD_INDEX", "this phrase has no key at this index", "Choose another index");
  co_return std::make_unique<evm::KeySigner>(std::move(*key));
}

}  // namespace peaqos::app
