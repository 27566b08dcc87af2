// One line of peaqos.log.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace peaqos::ledger {

enum class Status : std::uint8_t { Pending, Confirmed, Failed, Skipped };

// "pending", "confirmed", "failed", "skipped".
const char* name(Status status);

// A signed transaction, as a pending row holds it: enough to broadcast it again and to find out what became of it.
// A row belongs to one account on one chain; neither its hash nor its nonce means anything elsewhere.
struct SignedRow {
  std::uint64_t chainId = 0;                // EIP-155 ("chain_id")
  std::string account = {};                 // who signed, as an EIP-55 address ("address")
  std::uint64_t nonce = 0;                  // "nonce"
  std::string hash = {};                    // 0x and 64 digits ("tx_hash")
  std::string raw = {};                     // the signed bytes, 0x and digits ("raw_tx")
  std::string intent = {};                  // hash over what the transaction is meant to do ("intent")
  std::vector<std::string> replaces = {};   // versions with the same nonce and lower fees, oldest first ("replaces")
  std::optional<std::uint64_t> block = {};  // the latest block when it was signed ("since_block")

  // Whether a hash is that of this version or of one that it replaces.
  bool has(std::string_view other) const;
};

// The envelope apart from the facts: facts are what the row says to its reader (machine_id, order_id, reason, ...), the
// envelope is what the ledger itself works with.
struct Row {
  std::string step;  // "register", "submit_event", ...
  Status status = Status::Pending;
  Json facts = Json::object();
  std::optional<SignedRow> transaction = {};  // of pending rows that stand for a transaction
  std::string ts = {};                        // when it was written, as formatMicroseconds() has it
};

// Reads a line. Returns std::nullopt for a line that is not a JSON object with a step and one of the four statuses.
// Fields that a signed row needs and that are missing or malformed leave `transaction` empty and `raw_tx` among the
// facts.
std::optional<Row> parseRow(std::string_view line);

// The text value of a member, found without parsing: quotes within JSON strings are escaped, so a quoted name followed
// by a colon is a key. Rows are flat. Returns an empty view if there is none.
std::string_view findText(std::string_view line, std::string_view quotedName);

// The line of a row, with its end: compact JSON, keys in alphabetical order.
std::string lineOf(const Row& row);

}  // namespace peaqos::ledger
