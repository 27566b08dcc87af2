// SPDX-License-Identifier: Apache-2.0
#include "vault/wallet_file.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "hex.hpp"
#include "vault/envelope.hpp"
#include "vault/mnemonic.hpp"
#include "vault/open_wallet.hpp"
#include "vectors.hpp"

namespace peaqos::vault {
namespace {

// A wallet's secret, or the code of the error.
std::string opened(const WalletFile& wallet, std::string_view passphrase) {
  try {
    return asText(openWallet(wallet, asBytes(passphrase)).expose());
  } catch (const Error& error) {
    return error.code;
  }
}

TEST(WalletFile, ReadsAndWritesThirtyFilesByteForByte) {
  for (const Json& row : vectors("ows/wallets.json")["wallets"]) {
    SCOPED_TRACE(text(row, "label"));
    const std::string file = text(row, "file");
    const Reading reading = readWallet(file);
    ASSERT_TRUE(reading.wallet) << reading.problem;
    const WalletFile& wallet = *reading.wallet;
    EXPECT_EQ(wallet.id, text(row, "id"));
    EXPECT_EQ(name(wallet.keyType), text(row, "key_type"));
    EXPECT_EQ(wallet.accounts.size(), row["accounts"].size());
    EXPECT_EQ(writeWallet(wallet), file);
    EXPECT_EQ(opened(wallet, text(row, "passphrase")), text(row, "expected_secret"));
  }
}

TEST(WalletFile, RefusesAWrongPassphrase) {
  const Json& row = vectors("ows/wallets.json")["wallets"][0];
  EXPECT_EQ(opened(*readWallet(text(row, "file")).wallet, text(row, "passphrase") + " "), "BAD_PASSPHRASE");
}

// The same salt, nonce, secret and time give the same bytes as an independent program.
TEST(WalletFile, MakesTheFilesThatOthersMake) {
  for (const Json& row : vectors("ows/wallets.json")["wallets"]) {
    if (!row.contains("salt")) continue;
    SCOPED_TRACE(text(row, "label"));
    const std::string secret = text(row, "expected_secret");
    const KeyType type = text(row, "key_type") == "mnemonic" ? KeyType::Mnemonic : KeyType::PrivateKey;
    const auto keys = readPlaintext(type, asBytes(secret));
    const std::uint32_t index = row["index"].is_null() ? 0 : row["index"].get<std::uint32_t>();
    const std::string wanted = text(row, "file");
    const WalletFile made = makeWallet(
        text(row, "id"), readWallet(wanted).wallet->name, text(row, "created_at"), type,
        accountsOf(keys.value(), index).value(),
        sealEnvelope(asBytes(secret), asBytes(text(row, "passphrase")), hex(text(row, "salt")), hex(text(row, "iv"))));
    EXPECT_EQ(writeWallet(made), wanted);
  }
}

TEST(WalletFile, WritesBothKeysOfAPrivateKeyWallet) {
  const std::string secret = R"({"ed25519":"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",)"
                             R"("secp256k1":"4646464646464646464646464646464646464646464646464646464646464646"})";
  const auto keys = readPlaintext(KeyType::PrivateKey, asBytes(secret)).value();
  EXPECT_EQ(asText(writePlaintext(*keys.secp256k1, keys.ed25519.expose()).expose()), secret);
  EXPECT_FALSE(readPlaintext(KeyType::PrivateKey, asBytes(R"({"secp256k1":"46"})")));
  EXPECT_FALSE(readPlaintext(KeyType::PrivateKey, asBytes(secret.substr(0, 150))));
}

struct Verdict {
  std::string_view label;
  std::string_view code;  // of ours, where the reference opens the file and ours does not, or names it otherwise
};

// docs/vault.md#envelope: ours is stricter about what the reference ignores.
constexpr Verdict kVerdicts[] = {
    {"ows_version 99", "WALLET_TOO_NEW"},
    {"address wrong for key", "WALLET_MISMATCH"},
    {"private_key plaintext in other order with extra member", "WALLET_MISMATCH"},  // its accounts are another secret's
    {"cipher aes-128-ctr label", "BAD_WALLET_FILE"},
    {"0x in ciphertext", "BAD_WALLET_FILE"},
    {"odd hex", "BAD_WALLET_FILE"},
    {"kdf pbkdf2", "BAD_WALLET_FILE"},
    {"kdf hkdf label with scrypt params", "BAD_WALLET_FILE"},
    {"n 0", "BAD_WALLET_FILE"},
    {"n 1", "WEAK_KDF"},
    {"n 16384", "WEAK_KDF"},
    {"n 32768", "WEAK_KDF"},
    {"n 65535", "BAD_WALLET_FILE"},
    {"n 65537", "BAD_WALLET_FILE"},
    {"r 4", "WEAK_KDF"},
    {"p 0", "WEAK_KDF"},
    {"dklen 16", "BAD_WALLET_FILE"},
    {"dklen 64", "BAD_WALLET_FILE"},
    {"missing salt", "BAD_WALLET_FILE"},
    {"missing auth_tag", "BAD_WALLET_FILE"},
    {"auth_tag truncated to 12 bytes", "BAD_WALLET_FILE"},
    {"auth_tag one bit wrong", "BAD_PASSPHRASE"},
    {"ciphertext one bit wrong", "BAD_PASSPHRASE"},
    {"empty ciphertext", "BAD_PASSPHRASE"},
};

TEST(WalletFile, ReadsWhatTheReferenceReads) {
  for (const Json& row : vectors("ows/reader.json")["vectors"]) {
    const std::string label = text(row, "label");
    SCOPED_TRACE(label);
    const std::string fileName = text(row, "file_name");
    if (!fileName.ends_with(".json")) continue;  // which files are wallets is the store's to say
    const Reading reading = readWallet(text(row, "file"));
    ASSERT_EQ(reading.wallet.has_value(), row["reference"]["listed"].get<bool>()) << reading.problem;
    if (!reading.wallet) continue;
    const Json& exported = row["reference"]["export"];
    std::string expected = exported.contains("ok") ? text(exported, "ok") : "";
    for (const Verdict& verdict : kVerdicts) {
      if (verdict.label == label) expected = verdict.code;
    }
    EXPECT_EQ(opened(*reading.wallet, "pw"), expected);
  }
}

// A file of one member, put in place of the baseline's.
std::string withChange(const char* group, const char* member, Json value) {
  WalletFile wallet = *readWallet(text(vectors("ows/reader.json")["vectors"][0], "file")).wallet;
  Json& crypto = wallet.json["crypto"];
  (group ? crypto[group] : crypto)[member] = std::move(value);
  return opened(wallet, "pw");
}

TEST(WalletFile, RefusesWhatWouldHarm) {
  EXPECT_EQ(withChange("cipherparams", "iv", std::string(32, '0')), "BAD_WALLET_FILE");  // aborts the npm binding
  EXPECT_EQ(withChange("kdfparams", "n", 1U << 20U), "LARGE_KDF");
  EXPECT_EQ(withChange("kdfparams", "n", 1ULL << 63U), "LARGE_KDF");
  EXPECT_EQ(withChange("kdfparams", "n", exactNumber("36893488147419103232")), "BAD_WALLET_FILE");
  EXPECT_EQ(withChange("kdfparams", "r", 33), "LARGE_KDF");
  EXPECT_EQ(withChange("kdfparams", "p", 17), "LARGE_KDF");
  EXPECT_EQ(withChange("kdfparams", "salt", std::string(2050, '0')), "BAD_WALLET_FILE");
  EXPECT_EQ(withChange(nullptr, "ciphertext", Json::array()), "BAD_WALLET_FILE");
}

TEST(WalletFile, RenamesAndKeepsWhatItDoesNotKnow) {
  const std::string file =
      R"({"lws_version":2,"id":"i","x":{"1":1.50},"name":"old","created_at":"t","accounts":[)"
      R"({"account_id":"a","address":"b","chain_id":"c","derivation_path":"","more":null}],"crypto":{"kept":1},)"
      R"("key_type":"mnemonic","metadata":{"b":2,"a":1}})";
  const WalletFile renamedOne = renamed(readWallet(file).wallet.value(), "n\u00e9w");
  EXPECT_EQ(renamedOne.name, "n\u00e9w");
  EXPECT_EQ(writeWallet(renamedOne), R"({
  "ows_version": 2,
  "id": "i",
  "x": {
    "1": 1.50
  },
  "name": "néw",
  "created_at": "t",
  "accounts": [
    {
      "account_id": "a",
      "address": "b",
      "chain_id": "c",
      "derivation_path": "",
      "more": null
    }
  ],
  "crypto": {
    "kept": 1
  },
  "key_type": "mnemonic",
  "metadata": {
    "b": 2,
    "a": 1
  }
})");
}

// One Nano-free file of the 0.2 era: 32 raw bytes instead of JSON.
TEST(WalletFile, OpensARawKeyOfOldFiles) {
  const Bytes key(32, 0x46);
  Keys keys = readPlaintext(KeyType::PrivateKey, key).value();
  EXPECT_EQ(toHex(keys.secp256k1->expose()), toHex(key));
}

}  // namespace
}  // namespace peaqos::vault
