// SPDX-License-Identifier: Apache-2.0
#include "evm/message.hpp"

#include <gtest/gtest.h>

#include "crypto/secp256k1.hpp"
#include "hex.hpp"

namespace peaqos::evm {
namespace {

// The digests and the signature that the ethers.js documentation and the web3.js documentation (web3.eth.accounts.sign)
// publish.
TEST(PersonalMessage, HashesAsEip191Says) {
  EXPECT_EQ(toHex(personalMessageHash("Hello World")),
            "a1de988600a42c4b4ab089b619297c17d53cffae5d5120d82d8a92d0bb3b78f2");
  EXPECT_EQ(toHex(personalMessageHash("Some data")),
            "1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655");
}

TEST(PersonalMessage, SignsAsWallets) {
  const auto key =
      crypto::PrivateKey::fromBytes(hex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"));
  const auto signature = crypto::sign(*key, personalMessageHash("Some data"));
  EXPECT_EQ(toHex(signature.r), "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd");
  EXPECT_EQ(toHex(signature.s), "6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a029");
  EXPECT_EQ(signature.yParity, 1);
}

}  // namespace
}  // namespace peaqos::evm
