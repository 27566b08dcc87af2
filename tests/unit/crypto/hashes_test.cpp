// SPDX-License-Identifier: Apache-2.0
#include "crypto/hashes.hpp"

#include <gtest/gtest.h>

#include "hex.hpp"

namespace peaqos::crypto {
namespace {

// FIPS 180-4's examples of one block.
TEST(Hashes, Sha2) {
  EXPECT_EQ(toHex(sha256(asBytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(toHex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(toHex(sha512(asBytes("abc"))),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

// FIPS 180-4's examples of two blocks.
TEST(Hashes, Sha2OfTwoBlocks) {
  EXPECT_EQ(toHex(sha256(asBytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(toHex(sha512(asBytes("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                                 "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"))),
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
            "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909");
}

// The examples of its authors (Dobbertin, Bosselaers, Preneel).
TEST(Hashes, Ripemd160) {
  EXPECT_EQ(toHex(ripemd160({})), "9c1185a5c5e9fc54612808977ee8f548b2258d31");
  EXPECT_EQ(toHex(ripemd160(asBytes("abcdefghijklmnopqrstuvwxyz"))), "f71c27109c692c1b56bbdceb5b9d2865b3708dbc");
}

// RFC 7693 appendix A; the short digests are those of Python's hashlib, digest_size 4 and 20.
TEST(Hashes, Blake2b) {
  EXPECT_EQ(toHex(blake2b(asBytes("abc"), 64)),
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  EXPECT_EQ(toHex(blake2b(asBytes("abc"), 4)), "63906248");
  EXPECT_EQ(toHex(blake2b(asBytes("abc"), 20)), "384264f676f39536840523f284921cdc68b6846b");
}

}  // namespace
}  // namespace peaqos::crypto
