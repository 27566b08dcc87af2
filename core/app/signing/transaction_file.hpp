// The file of a transaction that is prepared, signed and sent by three runs (docs/reliability.md#offline).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "base/task.hpp"
#include "evm/address.hpp"
#include "evm/read_transaction.hpp"
#include "evm/transaction.hpp"
#include "host/host.hpp"
#include "peaq/decoded_call.hpp"

namespace peaqos::app {

// A file as it was read and checked. Everything but the two texts comes from its bytes.
struct TransactionFile {
  std::string path;
  std::string from;  // who is to sign, in the file's words
  std::optional<std::string> idempotencyKey;
  evm::Transaction transaction;
  peaq::DecodedCall call;                    // what the transaction does
  std::optional<evm::ReadSigned> done = {};  // once it is signed

  // {file, from, chainId, nonce, to, valueWei, feeWei, function, arguments}; `signer` is who signs or has signed.
  Json describe(const evm::Address& signer) const;
};

// Both throw Error (Input): "BAD_TRANSACTION_FILE" for what is no such file, or contradicts itself; those of files.
TransactionFile parseTransactionFile(std::string path, std::string_view text);
Task<TransactionFile> readTransactionFile(std::string path, host::Files& files);

// Writes a file that is not there yet, 0600; or puts it, signed by now, into its place. Throw Error (Input)
// "FILE_EXISTS" and the like.
Task<void> createTransactionFile(const TransactionFile& file, host::Files& files);
Task<void> replaceTransactionFile(const TransactionFile& file, host::Files& files);

// What is wrong with a file, as "BAD_TRANSACTION_FILE".
Error badTransactionFile(const std::string& path, const std::string& problem);

}  // namespace peaqos::app
