// SPDX-License-Identifier: Apache-2.0
#include "vault/vault_signer.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "vectors.hpp"

namespace peaqos::vault {
namespace {

// Runs a task that never waits.
template <typename T>
T now(Task<T> task) {
  task.start();
  return task.result();
}

const Json& walletRow(std::string_view label) {
  for (const Json& row : vectors("ows/wallets.json")["wallets"]) {
    if (text(row, "label") == label) return row;
  }
  throw std::runtime_error("no such wallet");
}

VaultSigner signerOf(std::string_view label, std::string passphrase, int& asked) {
  return {*readWallet(text(walletRow(label), "file")).wallet, [passphrase, &asked]() -> Task<Secret> {
            ++asked;
            co_return Secret(asBytes(passphrase));
          }};
}

// Index 3: the bindings sign with index 0 whatever the file says; ours takes the file's path.
TEST(VaultSigner, SignsWithTheKeyOfTheFilesPath) {
  int asked = 0;
  VaultSigner signer = signerOf("mn12-i3-pypi", "correct horse battery staple", asked);
  for (const Json& row : vectors("ows/signing.json")["vectors"]) {
    if (text(row, "operation") != "sign_message" || row["index_argument"] != 3) continue;
    EXPECT_EQ(toHex(now(signer.signMessage(text(row["input"], "message")))), text(row, "signature"));
    EXPECT_EQ(evm::toChecksum(signer.address()), text(row, "address"));
  }
  EXPECT_EQ(asked, 1);
}

TEST(VaultSigner, CallsAWrongPassphraseAMatterOfConfiguration) {
  int asked = 0;
  VaultSigner signer = signerOf("mn12-i3-pypi", "wrong", asked);
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
