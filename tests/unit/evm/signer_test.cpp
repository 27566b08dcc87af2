// SPDX-License-Identifier: Apache-2.0
#include "evm/signer.hpp"

#include <gtest/gtest.h>

#include "hex.hpp"

namespace peaqos::evm {
namespace {

// The first development account of every EVM test node.
TEST(KeySigner, SignsAMachineIdentityChallenge) {
  auto key = crypto::PrivateKey::fromBytes(hex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
  KeySigner signer(std::move(*key));
  Task<MessageSignature> task = signer.signMessage("peaqOS identity challenge\nnonce: 123");
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(toHex(task.result()),
            "fe5d53207689e2f12b78f4ab77d4a8c48eed58d03679c10e76b46865a30bd176"
            "37fc23662be398f992dacfb7a69ee788fae1fe6013812efd7608dfc80e790f8d1b");
}

}  // namespace
}  // namespace peaqos::evm
