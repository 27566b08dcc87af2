// SPDX-License-Identifier: Apache-2.0
#include "ledger/recent.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"

namespace peaqos::ledger {

void Recent::add(std::string_view line) {
  if (const std::string_view ts = findText(line, "\"ts\""); ts > latest_) latest_ = ts;
  if (std::string hash(findText(line, "\"signed_hash\"")); !hash.empty()) {
    entries_.try_emplace(std::move(hash),
                         Entry{.line = std::string(line), .endLine = {}, .last = latest_, .open = false});
    return;
  }
  std::string hash(findText(line, "\"tx_hash\""));
  if (hash.empty()) return;
  const bool pending = findText(line, "\"status\"") == "pending";
  if (pending && !findText(line, "\"raw_tx\"").empty()) {
    addSigned(line, std::move(hash));
  } else if (!pending) {
    end(line, hash);
  }
}

void Recent::addSigned(std::string_view line, std::string hash) {
  if (line.find("\"replaces\"") != std::string_view::npos) {
    const auto row = parseRow(line);
    for (const std::string& earlier :
         row && row->transaction ? row->transaction->replaces : std::vector<std::string>()) {
      entries_.erase(earlier);
      newest_[earlier] = hash;
    }
  }
  const auto [found, isNew] = entries_.try_emplace(std::move(hash));
  // A rotation carries open rows into the next file: the copy says nothing new.
  if (!isNew && found->second.open) return;
  found->second = {.line = std::string(line), .endLine = {}, .last = latest_, .open = true};
}

void Recent::end(std::string_view line, const std::string& hash) {
  const auto newer = newest_.find(hash);
  const auto found = entries_.find(newer == newest_.end() ? hash : newer->second);
  if (found == entries_.end()) return;
  if (latest_ < since_) {
    entries_.erase(found);
    return;
  }
  found->second.endLine = line;
  found->second.last = latest_;
  found->second.open = false;
}

std::vector<Signed> Recent::take() {
  std::vector<Signed> out;
  for (auto& [hash, entry] : entries_) {
    if (!entry.open && entry.last < since_) continue;
    const auto row = parseRow(entry.line);
    std::string raw = row && row->transaction ? row->transaction->raw
                      : row                   ? textOrEmpty(row->facts, kSignedBytes)
                                              : "";
    if (raw.empty()) {
      throw inputError("BAD_JOURNAL_ROW",
                       "peaqos.log holds a signed transaction that cannot be read: " + printable(hash),
                       "Look it up in an explorer; then move peaqos.log away, or mend the row");
    }
    out.push_back({.hash = hash,
                   .raw = std::move(raw),
                   .last = entry.last,
                   .open = entry.open,
                   .end = entry.endLine.empty() ? std::nullopt : parseRow(entry.endLine)});
  }
  return out;
}

}  // namespace peaqos::ledger
