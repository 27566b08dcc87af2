// The words for a transaction that is prepared, signed and sent in steps of their own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.hpp"

namespace peaqos::cli {

// Lines that tell who does what, at which price: from {from, chainId, nonce, to, valueWei, feeWei, function,
// arguments}, and txHash where there is one.
std::string offlineText(const Json& transaction);

// Schema of that object with `file`; with `hash`, {txHash, earlier} as well.
Json offlineSchema(bool hash);

}  // namespace peaqos::cli
