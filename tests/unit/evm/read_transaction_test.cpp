// Transactions read back from their bytes: all that were written, and nothing else.
// SPDX-License-Identifier: Apache-2.0
#include "evm/read_transaction.hpp"

#include <gtest/gtest.h>

#include "evm/outbox_fixture.hpp"

namespace peaqos::evm {
namespace {

Transaction writtenTransaction(Bytes data = {0xAB, 0xCD}) {
  return {.chainId = 3338,
          .nonce = 0,
          .maxPriorityFeePerGas = U256(1),
          .maxFeePerGas = U256(1'000'000'000'000),
          .gasLimit = 21'000,
          .to = test::kRegistry,
          .value = U256() - U256(1),
          .data = std::move(data)};
}

SignedTransaction signedByTest(const Transaction& transaction) {
  const auto key =
      crypto::PrivateKey::fromBytes(*fromHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"));
  return attachSignature(transaction, crypto::sign(*key, signingHash(transaction)));
}

TEST(ReadTransaction, GivesWhatWasWritten) {
  for (const std::size_t size : {0U, 1U, 55U, 56U, 70'000U}) {
    const Transaction written = writtenTransaction(Bytes(size, 0x7F));
    const auto plain = readUnsigned(unsignedPayload(written));
    ASSERT_TRUE(plain) << size;
    EXPECT_EQ(unsignedPayload(*plain), unsignedPayload(written));
    EXPECT_EQ(plain->nonce, 0U);
    EXPECT_EQ(plain->value, written.value);
    EXPECT_EQ(plain->to, written.to);
    const SignedTransaction bytes = signedByTest(written);
    const auto read = readSigned(bytes.raw);
    ASSERT_TRUE(read) << size;
    EXPECT_EQ(read->hash, bytes.hash);
    EXPECT_EQ(read->sender, test::testSigner().address());
    EXPECT_EQ(read->transaction.data, written.data);
    EXPECT_FALSE(readUnsigned(bytes.raw)) << "signed bytes are not unsigned ones";
    EXPECT_FALSE(readSigned(unsignedPayload(written)));
  }
}

TEST(ReadTransaction, RefusesEveryOtherForm) {
  const SignedTransaction bytes = signedByTest(writtenTransaction());
  EXPECT_FALSE(readSigned({}));
  EXPECT_FALSE(readUnsigned({}));
  for (std::size_t size = 0; size < bytes.raw.size(); ++size) {
    EXPECT_FALSE(readSigned(BytesView(bytes.raw).first(size))) << "cut at " << size;
  }
  Bytes longer = bytes.raw;
  longer.push_back(0);
  EXPECT_FALSE(readSigned(longer));
  Bytes legacy = bytes.raw;
  legacy[0] = 0x01;
  EXPECT_FALSE(readSigned(legacy));
  // A zero that is written as a byte, and a length that is longer than it must be.
  EXPECT_FALSE(readUnsigned(*fromHex("02ca00808080808080808080")));
  EXPECT_FALSE(readUnsigned(*fromHex("02b80180")));
}

TEST(ReadTransaction, AFlippedBitIsAnotherSignerOrNothing) {
  const SignedTransaction bytes = signedByTest(writtenTransaction());
  const Address sender = test::testSigner().address();
  for (std::size_t at = 0; at < bytes.raw.size(); ++at) {
    Bytes flipped = bytes.raw;
    flipped[at] ^= 1U;
    const auto read = readSigned(flipped);
    EXPECT_FALSE(read && read->sender == sender) << "byte " << at;
  }
}

}  // namespace
}  // namespace peaqos::evm
