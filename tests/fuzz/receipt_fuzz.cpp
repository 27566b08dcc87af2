// A node's transaction receipt and a DID attribute's reply, as JSON: a value, none, or an Error of one line.
// SPDX-License-Identifier: Apache-2.0
#include "evm/receipt.hpp"

#include "fuzz.hpp"
#include "peaq/did.hpp"

using namespace peaqos;

namespace {

void expectNetworkError(const Error& error) {
  fuzz::require(error.kind == ErrorKind::Network && fuzz::isOneLine(error.message), "the error is one line");
}

void readReceipt(const evm::RpcReply& reply) {
  Hash256 asked{};
  asked.fill(0xAA);
  try {
    const auto receipt = evm::receiptFrom(reply, asked);
    fuzz::require(!receipt || receipt->transaction == asked, "a receipt is that of the transaction");
  } catch (const Error& error) {
    expectNetworkError(error);
  }
}

void readAttribute(const evm::RpcReply& reply) {
  try {
    static_cast<void>(peaq::attributeFrom(reply, "machineId", evm::Address{}));
  } catch (const Error& error) {
    expectNetworkError(error);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = parseJson(fuzz::textOf(data, size));
  if (!value) return 0;
  readReceipt(*value);
  readAttribute(*value);
  readAttribute(evm::rpcErrorFrom(*value));
  return 0;
}
