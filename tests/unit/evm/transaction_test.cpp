// SPDX-License-Identifier: Apache-2.0
#include "evm/transaction.hpp"

#include <gtest/gtest.h>

#include "hex.hpp"

namespace peaqos::evm {
namespace {

// chain_vectors_test.cpp checks signed transactions to the byte; here are the fields that it does not vary.
TEST(Transaction, WritesEmptyAndLargeFields) {
  Transaction transaction;
  transaction.chainId = 1;
  transaction.to = parseAddress("0x1111111111111111111111111111111111111111").value();
  EXPECT_EQ(toHex(unsignedPayload(transaction)), "02dd01808080809411111111111111111111111111111111111111118080c0");
  transaction.value =
      U256::fromDecimal("115792089237316195423570985008687907853269984665640564039457584007913129639935").value();
  const std::string payload = toHex(unsignedPayload(transaction));
  EXPECT_NE(payload.find("a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"), std::string::npos);
}

// Leading zero bytes of r and s are left out, as of every RLP integer.
TEST(Transaction, StripsLeadingZerosOfASignature) {
  crypto::Signature signature;
  signature.r[31] = 7;
  signature.s[30] = 1;
  signature.yParity = 1;
  const std::string raw = toHex(attachSignature(Transaction{}, signature).raw);
  EXPECT_EQ(raw.substr(raw.size() - 12),
            "c001078201"
            "00");
}

}  // namespace
}  // namespace peaqos::evm
