// The chain families of OWS: where their keys are in a wallet's tree, and their addresses (docs/vault.md#chains).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/keys.hpp"

namespace peaqos::vault {

struct Account {
  std::string accountId;       // CAIP-10
  std::string address;         // the chain's own spelling
  std::string chainId;         // CAIP-2
  std::string derivationPath;  // empty for private-key wallets
};

// One account for each family, in OWS's order. `index` is the account's number in a mnemonic's tree, below 2^31.
// Nothing when a key cannot be derived (probability 2^-127).
std::optional<std::vector<Account>> accountsOf(const Keys& keys, std::uint32_t index);

// The EVM key at a path of the tree, or the one key of a private-key wallet. Nothing for a text that is no path.
std::optional<crypto::PrivateKey> evmKeyOf(const Keys& keys, std::string_view path);

}  // namespace peaqos::vault
