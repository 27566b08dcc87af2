// Spellings of addresses against published vectors.
// SPDX-License-Identifier: Apache-2.0
#include "vault/encodings.hpp"

#include <gtest/gtest.h>

#include "hex.hpp"

namespace peaqos::vault {
namespace {

// Bitcoin Core, src/test/data/base58_encode_decode.json.
TEST(Encodings, Base58) {
  struct Row {
    std::string_view bytes, text;
  };
  constexpr Row kRows[] = {{"", ""},
                           {"61", "2g"},
                           {"626262", "a3gV"},
                           {"636363", "aPEr"},
                           {"73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"},
                           {"00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"},
                           {"516b6fcd0f", "ABnLTmg"},
                           {"bf4f89001e670274dd", "3SEo3LWLoPntC"},
                           {"572e4794", "3EFU7m"},
                           {"ecac89cad93923c02321", "EJDM8drfXA6uyA"},
                           {"10c8511e", "Rt5zm"},
                           {"00000000000000000000", "1111111111"}};
  for (const Row& row : kRows) EXPECT_EQ(base58(hex(row.bytes), kBitcoinBase58), row.text);
}

// Bitcoin wiki, "Technical background of version 1 Bitcoin addresses".
TEST(Encodings, Base58Check) {
  EXPECT_EQ(base58Check(hex("00010966776006953d5567439e5e39f86a0d273bee"), kBitcoinBase58),
            "16UwLL9Risc3QfPqBUvKofHmBQ7wMtjvM");
}

// BIP-173, "Test vectors": a valid string without data, and the address of a witness program of version 0.
TEST(Encodings, Bech32) {
  EXPECT_EQ(bech32("a", {}), "a12uel5l");
  Bytes groups{0};
  append(groups, fiveBitGroups(hex("751e76e8199196d454941c45d1b3a323f1433bd6")));
  EXPECT_EQ(bech32("bc", groups), "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
}

// RFC 4648 section 10, without its padding.
TEST(Encodings, Base64Url) {
  EXPECT_EQ(base64Url({}), "");
  EXPECT_EQ(base64Url(asBytes("f")), "Zg");
  EXPECT_EQ(base64Url(asBytes("fo")), "Zm8");
  EXPECT_EQ(base64Url(asBytes("foo")), "Zm9v");
  EXPECT_EQ(base64Url(asBytes("foobar")), "Zm9vYmFy");
  EXPECT_EQ(base64Url(hex("fbff")), "-_8");
}

// The check value of CRC-16/XMODEM (Catalogue of parametrised CRC algorithms).
TEST(Encodings, Crc16) { EXPECT_EQ(toHex(crc16(asBytes("123456789"))), "31c3"); }

}  // namespace
}  // namespace peaqos::vault
