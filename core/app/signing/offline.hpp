// A transaction in three acts, maybe on three computers: prepared, signed without a network, sent.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/caller.hpp"
#include "app/events/submit_event.hpp"
#include "base/json.hpp"
#include "base/task.hpp"

namespace peaqos::app {

// Writes what submitEvent() would sign into a new file (docs/reliability.md#offline). Gives {file, from, chainId,
// nonce, to, valueWei, feeWei, function, arguments}. Throws Error as prepareEvent(), and Input "FILE_EXISTS" and the
// like.
Task<Json> writeUnsignedEvent(SubmitEventRequest request, std::string file, Caller caller);

// Signs the transaction of a file and adds the signed bytes to it; makes no request. What is shown (Progress
// "offline_transaction", "shown") and judged comes from the bytes. Asks "sign_offline" unless `yes`; nothing where the
// answer was no. Gives the above, and {txHash, earlier}: `earlier` when the file was signed before. Throws Error: Input
// "BAD_TRANSACTION_FILE"; Configuration "CHAIN_ID_MISMATCH", "WRONG_SIGNER"; the policy's.
Task<std::optional<Json>> signFile(std::string file, bool yes, Caller caller);

// Sends the signed bytes of a file, once; the same again looks for what became of them. Gives what signFile() gives.
// Throws Error as evm::Outbox::sendSigned(), and Input "NOT_SIGNED".
Task<Json> sendFile(std::string file, Caller caller);

}  // namespace peaqos::app
