// SPDX-License-Identifier: Apache-2.0
#include "crypto/secp256k1.hpp"

#include <gtest/gtest.h>

#include "crypto/hashes.hpp"
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

// The rest of that widely published list (bitcointalk.org, topic 285142; kept by many libraries).
TEST(Secp256k1, SignsAsThePublishedListSays) {
  struct Row {
    std::string_view key, text, r, s;
  };
  constexpr Row kRows[] = {
      {kOne, "All those moments will be lost in time, like tears in rain. Time to die...",
       "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b",
       "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"},
      {kOrderLessOne, "Satoshi Nakamoto", "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0",
       "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"},
      {"f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
       "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c",
       "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"}};
  for (const Row& row : kRows) {
    const Signature made = sign(*PrivateKey::fromBytes(hex(row.key)), sha256(asBytes(row.text)));
    EXPECT_EQ(toHex(made.r), row.r) << row.text;
    EXPECT_EQ(toHex(made.s), row.s) << row.text;
  }
}

// EIP-155, Example: the signing data of its transaction, and what the key of 32 bytes 0x46 signs it with (v = 37).
TEST(Secp256k1, SignsTheExampleOfEip155) {
  const Bytes data = hex("ec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080");
  const Hash256 digest = keccak256(data);
  EXPECT_EQ(toHex(digest), "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
  const Signature made = sign(*PrivateKey::fromBytes(Bytes(32, 0x46)), digest);
  EXPECT_EQ(toHex(made.r), "28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276");
  EXPECT_EQ(toHex(made.s), "67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
  EXPECT_EQ(made.yParity, 0);
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
