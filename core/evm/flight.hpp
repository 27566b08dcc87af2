// A signed transaction on its way.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "evm/intent.hpp"
#include "evm/signer.hpp"
#include "evm/transaction.hpp"
#include "ledger/row.hpp"

namespace peaqos::evm {

// How an intent ended: mined with success, refused by a contract, or with another error.
using Outcome = std::variant<std::monostate, Mined, RevertError, Error>;

// The outcome of a single intent, or the exception that it stands for.
Mined minedOrThrow(Outcome outcome);

// Everything the outbox knows of a transaction between its ledger row and its end.
struct Flight {
  std::size_t index = 0;  // among the intents that were asked for
  std::string step;
  Json facts;                                   // of the rows that will close it, without `tx_hash`
  ledger::SignedRow row;                        // of its newest version
  std::optional<Transaction> transaction = {};  // of that version, as it can be signed again with other fees
  Json call = nullptr;                          // as eth_call takes it, to find out why it reverted
  Signer* signer = nullptr;                     // who may sign it again with other fees; null: nobody
  bool earlier = false;                         // its row was written by an earlier run

  bool accepted = false;                    // a node has taken it, or knows it
  std::optional<std::string> refusal = {};  // a refusal of the first broadcast that speaks of this transaction
  std::string lastWords = {};               // what the endpoint last said against it

  // The ends. At most one of them.
  std::optional<Receipt> receipt = {};
  std::optional<std::string> replacedBy = {};  // hash of the transaction that was seen in a block with its nonce
  bool rejected = false;

  std::optional<std::chrono::microseconds> deadline = {};  // until when it is waited for; unset before that begins
  std::chrono::microseconds nextLook{0};                   // on the monotonic clock
  std::chrono::microseconds refusedAt{0};
  bool isOver() const { return receipt || replacedBy || rejected; }
  // Whether it is over, or waited for no longer; `now` on the monotonic clock.
  bool hasEnded(std::chrono::microseconds now) const { return isOver() || (deadline && now >= *deadline); }
};

}  // namespace peaqos::evm
