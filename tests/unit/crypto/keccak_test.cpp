// Keccak-256 against published digests (Ethereum's empty-code hash, the "abc" vector of the Keccak team).
// SPDX-License-Identifier: Apache-2.0
#include "crypto/keccak.hpp"

#include <gtest/gtest.h>

namespace peaqos::crypto {
namespace {

std::string digest(std::string_view text) { return toHex(keccak256(asBytes(text))); }

TEST(Keccak256, MatchesPublishedDigests) {
  EXPECT_EQ(digest(""), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(digest("abc"), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

}  // namespace
}  // namespace peaqos::crypto
