// What the vault takes from Botan, against published vectors.
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "crypto/aes_gcm.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/hmac.hpp"
#include "crypto/scrypt.hpp"
#include "crypto/secp256k1.hpp"
#include "hex.hpp"
#include "vectors.hpp"

namespace peaqos::crypto {
namespace {

TEST(VaultPrimitives, AesGcmAgreesWithWycheproof) {
  std::size_t invalid = 0;
  for (const Json& row : vectors("wycheproof/aes_gcm.json")["tests"]) {
    SCOPED_TRACE(dumpJson(row));
    const Bytes key = hex(text(row, "key"));
    const auto nonce = fromHexExactly<12>(text(row, "iv")).value();
    const Sealed sealed{hex(text(row, "ct")), fromHexExactly<16>(text(row, "tag")).value()};
    const auto opened = open(key, nonce, sealed);
    ASSERT_EQ(opened.has_value(), text(row, "result") == "valid");
    if (!opened) {
      ++invalid;
      continue;
    }
    EXPECT_EQ(toHex(opened->expose()), text(row, "msg"));
    const Sealed made = seal(key, nonce, hex(text(row, "msg")));
    EXPECT_EQ(made.ciphertext, sealed.ciphertext);
    EXPECT_EQ(made.tag, sealed.tag);
  }
  EXPECT_GT(invalid, 0U);
}

TEST(VaultPrimitives, HmacAgreesWithWycheproof) {
  for (const Json& row : vectors("wycheproof/hmac_sha512.json")["tests"]) {
    EXPECT_EQ(toHex(hmacSha512(hex(text(row, "key")), hex(text(row, "msg"))).expose()), text(row, "tag"));
  }
}

TEST(VaultPrimitives, Pbkdf2AgreesWithWycheproof) {
  for (const Json& row : vectors("wycheproof/pbkdf2_hmacsha512.json")["tests"]) {
    const auto rounds = row["iterationCount"].get<std::size_t>();
    EXPECT_EQ(toHex(pbkdf2Sha512(hex(text(row, "password")), hex(text(row, "salt")), rounds).expose()),
              text(row, "dk"));
  }
}

TEST(VaultPrimitives, ScryptAgreesWithItsVectors) {
  for (const Json& row : vectors("ows/primitives.json")["scrypt"]) {
    const ScryptCost cost{row["n"].get<std::uint64_t>(), row["r"].get<std::uint64_t>(), row["p"].get<std::uint64_t>()};
    if (cost.n > 1U << 17) continue;  // 0.2-era files have their own test
    const auto key = scrypt(asBytes(text(row, "password")), hex(text(row, "salt")), cost);
    EXPECT_EQ(toHex(key.value().expose()), text(row, "key"));
  }
}

// RFC 7914 section 12.
TEST(VaultPrimitives, ScryptTakesAnEmptyPassphrase) {
  EXPECT_FALSE(scrypt({}, {}, {16, 1, 0}));
  EXPECT_EQ(toHex(scrypt({}, {}, {16, 1, 1}).value().expose()),
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442");
}

// RFC 7914 section 12: the first half of the keys of 64 bytes.
TEST(VaultPrimitives, ScryptAgreesWithItsRfc) {
  EXPECT_EQ(toHex(scrypt(asBytes("password"), asBytes("NaCl"), {1024, 8, 16}).value().expose()),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162");
  EXPECT_EQ(toHex(scrypt(asBytes("pleaseletmein"), asBytes("SodiumChloride"), {16384, 8, 1}).value().expose()),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

TEST(VaultPrimitives, ScryptRefusesACostItCannotTake) {
  EXPECT_FALSE(scrypt({}, {}, {15, 8, 1}));
  EXPECT_FALSE(scrypt({}, {}, {1U << 30, 8, 1}));
}

// RFC 8032 section 7.1, tests 1, 2, 3 and SHA(abc).
TEST(VaultPrimitives, Ed25519PublicKeys) {
  EXPECT_EQ(toHex(ed25519PublicKey(hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(toHex(ed25519PublicKey(hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(toHex(ed25519PublicKey(hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"))),
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  EXPECT_EQ(toHex(ed25519PublicKey(hex("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"))),
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf");
}

// The all-zero key of Nano, whose account is in every list of Nano examples (nano_3i1aq1cc...).
TEST(VaultPrimitives, Ed25519WithBlake2b) {
  EXPECT_EQ(toHex(ed25519Blake2bPublicKey(Bytes(32))),
            "19d3d919475deed4696b5d13018151d1af88b2bd3bcff048b45031c1f36d1858");
}

TEST(VaultPrimitives, TweaksKeys) {
  constexpr std::string_view unit = "0000000000000000000000000000000000000000000000000000000000000001";
  constexpr std::string_view orderLessOne = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";
  constexpr std::string_view order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
  const auto one = PrivateKey::fromBytes(hex(unit)).value();
  EXPECT_EQ(tweakAdd(one, hex(unit)).value().expose().back(), 2);
  EXPECT_FALSE(tweakAdd(one, hex(orderLessOne)));
  EXPECT_FALSE(tweakAdd(one, hex(order)));
  EXPECT_EQ(toHex(compressed(publicKeyOf(one))), "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
}

}  // namespace
}  // namespace peaqos::crypto
