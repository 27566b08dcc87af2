// A transaction in three acts, maybe on three computers: prepared, signed without a network, sent
// (docs/reliability.md#offline).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "base/json.hpp"
#include "base/task.hpp"
#include "evm/address.hpp"
#include "evm/transaction.hpp"

namespace peaqos::app {

// What is ready to be signed by an account, but for its signature.
struct UnsignedTransaction {
  evm::Address from;
  evm::Transaction transaction;
  std::optional<std::string> idempotencyKey = {};
};

// Writes it into a new file. Gives {file, from, chainId, nonce, to, valueWei, feeWei, function, arguments}. Throws
// Error (Input) "FILE_EXISTS" and the like.
Task<Json> writeUnsigned(UnsignedTransaction prepared, std::string file, Caller caller);

// Signs the transaction of a file and adds the signed bytes to it; makes no request. What is shown (Progress
// "offline_transaction", "shown") and judged comes from the bytes. Asks "sign_offline" unless `yes`; nothing where the
// answer was no. Gives the above, and {txHash, earlier}: `earlier` when the file was signed before. Throws Error: Input
// "BAD_TRANSACTION_FILE"; Configuration "CHAIN_ID_MISMATCH", "OTHER_CONTRACT", "WRONG_SIGNER"; the policy's.
Task<std::optional<Json>> signFile(std::string file, bool yes, Caller caller);

// Sends the signed bytes of a file, once; the same again looks for what became of them. Gives what signFile() gives.
// Throws Error as evm::Outbox::sendSigned(), and Input "NOT_SIGNED".
Task<Json> sendFile(std::string file, Caller caller);

}  // namespace peaqos::app
