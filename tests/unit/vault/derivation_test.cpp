// SPDX-License-Identifier: Apache-2.0
#include "vault/derivation.hpp"

#include <gtest/gtest.h>

#include "hex.hpp"
#include "vault/families.hpp"
#include "vault/mnemonic.hpp"
#include "vectors.hpp"

namespace peaqos::vault {
namespace {

TEST(Derivation, AgreesWithBip32) {
  for (const Json& row : vectors("ows/primitives.json")["bip32_secp256k1"]) {
    const auto key = deriveSecp256k1(hex(text(row, "seed")), parsePath(text(row, "path")).value());
    EXPECT_EQ(toHex(key.value().expose()), text(row, "private_key"));
  }
}

TEST(Derivation, AgreesWithSlip10) {
  for (const Json& row : vectors("ows/primitives.json")["slip10_ed25519"]) {
    const auto key = deriveEd25519(hex(text(row, "seed")), parsePath(text(row, "path")).value());
    EXPECT_EQ(toHex(key.value().expose()), text(row, "private_key"));
  }
}

TEST(Derivation, Ed25519HasHardenedLevelsOnly) { EXPECT_FALSE(deriveEd25519(Bytes(64), {kHardened, 0})); }

TEST(Derivation, ReadsPaths) {
  EXPECT_EQ(parsePath("m/44'/0/2147483647"), (Path{kHardened | 44, 0, 0x7FFFFFFF}));
  for (const char* bad :
       {"", "m", "m/", "44'/60'", "m/44h", "m/-1", "m/2147483648", "m/1/", "m/1//2", "m/1''", "m/ 1"}) {
    EXPECT_FALSE(parsePath(bad)) << bad;
  }
}

void expectAccounts(const Json& row, const Keys& keys, std::uint32_t index) {
  const auto accounts = accountsOf(keys, index).value();
  ASSERT_EQ(accounts.size(), row["accounts"].size());
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const Json& expected = row["accounts"][i];
    EXPECT_EQ(accounts[i].chainId, text(expected, "chain_id"));
    EXPECT_EQ(accounts[i].address, text(expected, "address"));
    EXPECT_EQ(accounts[i].derivationPath, text(expected, "derivation_path"));
    EXPECT_EQ(accounts[i].accountId, accounts[i].chainId + ":" + accounts[i].address);
  }
}

// Six phrases at three indices, and three whose keys begin with a zero byte.
TEST(Derivation, MakesEveryFamilysAddress) {
  for (const char* set : {"vectors", "leading_zero_private_keys"}) {
    for (const Json& row : vectors("ows/derivation.json")[set]) {
      SCOPED_TRACE(text(row, "mnemonic"));
      Keys keys;
      keys.seed = seedOf(asBytes(text(row, "mnemonic")));
      EXPECT_EQ(toHex(keys.seed.expose()), text(row, "bip39_seed"));
      expectAccounts(row, keys, row["index"].get<std::uint32_t>());
    }
  }
}

TEST(Derivation, MakesEveryFamilysAddressOfRawKeys) {
  for (const Json& row : vectors("ows/derivation.json")["raw_keys"]) {
    Keys keys;
    keys.secp256k1 = crypto::PrivateKey::fromBytes(hex(text(row, "secp256k1")));
    keys.ed25519 = Secret(hex(text(row, "ed25519")));
    expectAccounts(row, keys, 0);
  }
}

}  // namespace
}  // namespace peaqos::vault
