// SPDX-License-Identifier: Apache-2.0
#include "crypto/keccak.hpp"

#include <gtest/gtest.h>

#include <string>

namespace peaqos::crypto {
namespace {

std::string digest(std::string_view text) { return toHex(keccak256(asBytes(text))); }

// The empty and "abc" digests are the Keccak team's; the others are from the Ethereum documentation and from web3.
TEST(Keccak256, MatchesPublishedDigests) {
  EXPECT_EQ(digest(""), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(digest("abc"), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  EXPECT_EQ(digest("test"), "9c22ff5f21f0b81b113e63f7db6da94fedef11b2119b4088b89664fb9a3cb658");
  EXPECT_EQ(digest("hello peaq"), "9451adfc5b4b78497236872bc098cacf235a79ec6de441b25ebb544a20253c1d");
  EXPECT_EQ(digest("transfer(address,uint256)").substr(0, 8), "a9059cbb");
  std::string counted;
  for (char byte = 0; byte < 32; ++byte) counted.push_back(byte);
  EXPECT_EQ(digest(counted), "8ae1aa597fa146ebd3aa2ceddf360668dea5e526567e92b0321816a4e895bd2d");
}

// Where the input is cut must not matter: lengths around the rate of 136 bytes, in pieces of every size.
TEST(Keccak256, AbsorbsPiecesOfEverySize) {
  std::string text;
  for (int i = 0; i < 300; ++i) text.push_back(static_cast<char>('a' + i % 26));
  for (const std::size_t length : {135U, 136U, 137U, 271U, 272U, 300U}) {
    const std::string_view whole = std::string_view(text).substr(0, length);
    for (std::size_t piece = 1; piece <= 140; piece += 23) {
      Keccak256 sponge;
      for (std::size_t at = 0; at < length; at += piece) sponge.update(asBytes(whole.substr(at, piece)));
      EXPECT_EQ(toHex(sponge.finish()), digest(whole)) << length << " bytes in pieces of " << piece;
    }
  }
}

}  // namespace
}  // namespace peaqos::crypto
