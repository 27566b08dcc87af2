// The signed transactions of a ledger whose last word is not old, for whoever adds up what they spend.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/row.hpp"

namespace peaqos::ledger {

struct Signed {
  std::string hash;  // of its newest version
  std::string raw;   // that version's bytes, 0x and digits
  std::string last;  // when its last row was written (a row's `ts`)
  bool open = true;  // a row says that it may be under way
  std::optional<Row> end = {};
};

// Fed with lines in the order of the files, oldest first. The time of a row is the latest that any row up to it names:
// a clock that was set back makes nothing older.
class Recent {
 public:
  // `since`: a row's `ts`; transactions that ended before it are left out.
  explicit Recent(std::string since) : since_(std::move(since)) {}

  void add(std::string_view line);

  // In no order. Throws Error (Input) "BAD_JOURNAL_ROW" for a row that cannot be read.
  std::vector<Signed> take();

 private:
  struct Entry {
    std::string line, endLine, last;
    bool open;
  };
  void addSigned(std::string_view line, std::string hash);
  void end(std::string_view line, const std::string& hash);

  std::string since_, latest_;
  std::unordered_map<std::string, Entry> entries_;       // by hash
  std::unordered_map<std::string, std::string> newest_;  // hash of a version -> hash of the one that replaced it
};

// Members of the row of a transaction that was signed to be sent later, maybe elsewhere: no row of this ledger need
// ever tell its end.
constexpr char kSignedHash[] = "signed_hash", kSignedBytes[] = "signed_tx";

}  // namespace peaqos::ledger
