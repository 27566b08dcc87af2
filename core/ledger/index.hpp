// What the lines of peaqos.log come to: which transactions have no end yet, and which ended lately.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/row.hpp"

namespace peaqos::ledger {

// A transaction that came to an end.
struct Ended {
  std::string intent;
  std::string hash;  // of the version that the row names
  std::string ts;    // of the row that says so
  bool confirmed = false;
};

// Fed with lines in the order of the file. A line costs two or three searches of its text: only signed rows that are
// still open are parsed, and only when they are asked for.
class Index {
 public:
  void add(std::string_view line);
  void clear();

  // Pending rows of transactions that no later row ends, oldest first. A version with higher fees stands for those that
  // it replaces, and the end of any version is the end of all. Throws Error (Input) "BAD_JOURNAL_ROW" for one of them
  // that cannot be read: what it stands for might be sent twice otherwise.
  std::vector<Row> open() const;

  // Their lines, as they came.
  std::vector<std::string> openLines() const;

  // The last confirmed transaction of an intent, among the latest kRemembered ends of all.
  std::optional<Ended> confirmed(std::string_view intent) const;

  // Whether a transaction is known to have ended, among the same, and was not opened again.
  bool hasEnded(const std::string& hash) const;

  static constexpr std::size_t kRemembered = 4096;

 private:
  struct Open {
    std::uint64_t order;
    std::string line;
    std::string intent;
  };
  void addSigned(std::string_view line, std::string hash);
  std::unordered_map<std::string, Open>::const_iterator findOpen(const std::string& hash) const;
  void end(std::string_view line, const std::string& hash);
  std::map<std::uint64_t, const Open*> inOrder() const;

  std::unordered_map<std::string, Open> open_;               // by hash
  std::unordered_map<std::string, std::string> replacedBy_;  // hash of a version -> hash of the one that replaced it
  std::deque<Ended> ended_;
  std::uint64_t count_ = 0;
};

}  // namespace peaqos::ledger
