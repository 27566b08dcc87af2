// Reads what a wallet signed, as a node does.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "evm/transaction.hpp"

namespace peaqos::test {

// One RLP item: bytes, or a list of items.
struct RlpItem {
  bool isList = false;
  Bytes bytes;
  std::vector<RlpItem> items;
};

// The one item that the bytes encode; std::nullopt for anything else.
std::optional<RlpItem> decodeRlp(BytesView bytes);

struct RawTransaction {
  evm::Transaction content;
  evm::Address sender;
  Hash256 hash{};
  Bytes raw;
};

// A signed EIP-1559 transaction with an empty access list; std::nullopt if it is anything else, is not encoded in the
// one right way, or nobody can have signed it.
std::optional<RawTransaction> decodeTransaction(BytesView raw);

}  // namespace peaqos::test
