// SPDX-License-Identifier: Apache-2.0
#include "crypto/secp256k1.hpp"

#include <gtest/gtest.h>

#include "crypto/keccak.hpp"
#include "hex.hpp"

namespace peaqos::crypto {
namespace {

constexpr std::string_view kOne = "0000000000000000000000000000000000000000000000000000000000000001";
constexpr std::string_view kOrder = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
constexpr std::string_view kOrderLessOne = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";

// SEC 2, section 2.4.1: the order and the base point.
TEST(Secp256k1, TakesKeysFromOneToTheOrderLessOne) {
  EXPECT_TRUE(PrivateKey::fromBytes(hex(kOne)));
  EXPECT_TRUE(PrivateKey::fromBytes(hex(kOrderLessOne)));
  EXPECT_FALSE(PrivateKey::fromBytes(hex(kOrder)));
  EXPECT_FALSE(PrivateKey::fromBytes(Bytes(32)));
  EXPECT_FALSE(PrivateKey::fromBytes(Bytes(31, 1)));
}

TEST(Secp256k1, DerivesTheBasePointFromOne) {
  EXPECT_EQ(toHex(publicKeyOf(*PrivateKey::fromBytes(hex(kOne)))),
            "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
            "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
}

// RFC 6979 with secp256k1 and SHA-256: the widely published vector of key 1 and the SHA-256 of "Satoshi Nakamoto".
TEST(Secp256k1, SignsDeterministically) {
  const auto key = PrivateKey::fromBytes(hex(kOne));
  const Signature made = sign(*key, hash("a0dc65ffca799873cbea0ac274015b9526505daaaed385155425f7337704883e"));
  EXPECT_EQ(toHex(made.r), "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8");
  EXPECT_EQ(toHex(made.s), "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
}

TEST(Secp256k1, RecoversTheSignersKey) {
  const auto key = PrivateKey::fromBytes(hex(kOrderLessOne));
  const Hash256 digest = keccak256(asBytes("a message"));
  Signature signature = sign(*key, digest);
  EXPECT_EQ(recover(digest, signature), publicKeyOf(*key));
  signature.yParity ^= 1;
  EXPECT_NE(recover(digest, signature), publicKeyOf(*key));
  signature.yParity = 2;
  EXPECT_FALSE(recover(digest, signature));
  EXPECT_FALSE(recover(digest, Signature{}));
}

TEST(Secp256k1, BlindingChangesNoResult) {
  const auto key = PrivateKey::fromBytes(hex(kOrderLessOne));
  const Hash256 digest = keccak256(asBytes("a message"));
  const Signature before = sign(*key, digest);
  blind(keccak256(asBytes("seed")));
  const Signature after = sign(*key, digest);
  EXPECT_EQ(before.r, after.r);
  EXPECT_EQ(before.s, after.s);
}

}  // namespace
}  // namespace peaqos::crypto
