// SPDX-License-Identifier: Apache-2.0
#include "vault/vault_signer.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "vault/envelope.hpp"
#include "vault/mnemonic.hpp"
#include "vectors.hpp"

namespace peaqos::vault {
namespace {

// A passphrase, and how often it was asked for.
struct Given {
  Task<Secret> operator()() const {
    ++*asked;
    co_return Secret(asBytes(passphrase));
  }
  std::string passphrase;
  int* asked;
};

// Runs a task that never waits.
template <typename T>
T now(Task<T> task) {
  task.start();
  return task.result();
}

constexpr std::string_view kPhrase = "test test test test test test test test test test test junk";
constexpr std::string_view kPassphrase = "pw";

// A wallet of the phrase's account 3.
VaultSigner signerOf(std::string passphrase, int& asked) {
  Keys keys;
  keys.seed = seedOf(asBytes(kPhrase));
  Json envelope = sealEnvelope(asBytes(kPhrase), asBytes(kPassphrase), Bytes(32, 1), Bytes(12, 2));
  return {makeWallet("id", "w", "2026", KeyType::Mnemonic, accountsOf(keys, 3).value(), std::move(envelope)),
          Given{std::move(passphrase), &asked}};
}

// Index 3: the bindings sign with index 0 whatever the file says; ours takes the file's path.
TEST(VaultSigner, SignsWithTheKeyOfTheFilesPath) {
  int asked = 0;
  VaultSigner signer = signerOf(std::string(kPassphrase), asked);
  for (const Json& row : vectors("ows/signing.json")["vectors"]) {
    if (text(row, "operation") != "sign_message" || row["index_argument"] != 3) continue;
    EXPECT_EQ(toHex(now(signer.signMessage(text(row["input"], "message")))), text(row, "signature"));
    EXPECT_EQ(evm::toChecksum(signer.address()), text(row, "address"));
  }
  EXPECT_EQ(asked, 1);
}

TEST(VaultSigner, CallsAWrongPassphraseAMatterOfConfiguration) {
  int asked = 0;
  VaultSigner signer = signerOf("wrong", asked);
  try {
    now(signer.unlock());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::Configuration);
    EXPECT_EQ(error.code, "BAD_PASSPHRASE");
  }
}

}  // namespace
}  // namespace peaqos::vault
