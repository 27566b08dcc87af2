// SPDX-License-Identifier: Apache-2.0
#include "ledger/index.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::ledger {

void Index::add(std::string_view line) {
  std::string hash(findText(line, "\"tx_hash\""));
  if (hash.empty()) return;
  const bool pending = findText(line, "\"status\"") == "pending";
  if (pending && !findText(line, "\"raw_tx\"").empty()) {
    addSigned(line, std::move(hash));
  } else if (!pending) {
    end(line, hash);
  }
}

void Index::clear() { *this = Index(); }

void Index::addSigned(std::string_view line, std::string hash) {
  if (line.find("\"replaces\"") != std::string_view::npos) {
    const auto row = parseRow(line);
    for (const std::string& earlier :
         row && row->transaction ? row->transaction->replaces : std::vector<std::string>()) {
      open_.erase(earlier);
      replacedBy_[earlier] = hash;
    }
  }
  open_.insert_or_assign(std::move(hash), Open{count_++, std::string(line), std::string(findText(line, "\"intent\""))});
}

std::unordered_map<std::string, Index::Open>::const_iterator Index::findOpen(const std::string& hash) const {
  const auto newer = replacedBy_.find(hash);
  return open_.find(newer == replacedBy_.end() ? hash : newer->second);
}

void Index::end(std::string_view line, const std::string& hash) {
  const auto found = findOpen(hash);
  if (found == open_.end()) return;
  ended_.push_back({.intent = found->second.intent,
                    .hash = hash,
                    .ts = std::string(findText(line, "\"ts\"")),
                    .confirmed = findText(line, "\"status\"") == "confirmed"});
  if (ended_.size() > kRemembered) ended_.pop_front();
  open_.erase(found);
}

std::map<std::uint64_t, const Index::Open*> Index::inOrder() const {
  std::map<std::uint64_t, const Open*> sorted;
  for (const auto& [hash, open] : open_) sorted.emplace(open.order, &open);
  return sorted;
}

std::vector<Row> Index::open() const {
  std::vector<Row> rows;
  for (const auto& [order, open] : inOrder()) {
    auto row = parseRow(open->line);
    if (!row || !row->transaction) {
      throw inputError("BAD_JOURNAL_ROW",
                       "peaqos.log holds a pending transaction that cannot be read: " +
                           printable(findText(open->line, "\"tx_hash\"")),
                       "Look it up in an explorer; then move peaqos.log away, or mend the row");
    }
    rows.push_back(std::move(*row));
  }
  return rows;
}

std::vector<std::string> Index::openLines() const {
  std::vector<std::string> lines;
  for (const auto& [order, open] : inOrder()) lines.push_back(open->line);
  return lines;
}

std::optional<Ended> Index::confirmed(std::string_view intent) const {
  const auto found = std::find_if(ended_.rbegin(), ended_.rend(),
                                  [&](const Ended& end) { return end.confirmed && end.intent == intent; });
  return found == ended_.rend() ? std::nullopt : std::optional(*found);
}

bool Index::hasEnded(const std::string& hash) const {
  // What a node refused may be signed anew, with the same hash.
  return findOpen(hash) == open_.end() && std::ranges::any_of(ended_, [&](const Ended& e) { return e.hash == hash; });
}

}  // namespace peaqos::ledger
