// SPDX-License-Identifier: Apache-2.0
#include "ledger/row.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace peaqos::ledger {
namespace {

constexpr const char* kStatusNames[] = {"pending", "confirmed", "failed", "skipped"};

std::optional<Status> statusFrom(std::string_view name) {
  const auto* found = std::ranges::find(kStatusNames, name);
  if (found == std::end(kStatusNames)) return std::nullopt;
  return static_cast<Status>(found - std::begin(kStatusNames));
}

std::string takeText(Json& object, const char* field) {
  std::string text = textOrEmpty(object, field);
  if (!text.empty()) object.erase(field);
  return text;
}

std::optional<std::uint64_t> number(const Json& object, const char* field) {
  const Json* value = findMember(object, field);
  return value ? toUint64(*value) : std::nullopt;
}

bool isHash(std::string_view text) {
  return text.size() == 66 && text.starts_with("0x") &&
         text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
}

std::optional<SignedRow> signedFrom(const Json& object) {
  const auto chainId = number(object, "chain_id");
  const auto nonce = number(object, "nonce");
  SignedRow out{.chainId = chainId.value_or(0),
                .account = textOrEmpty(object, "address"),
                .nonce = nonce.value_or(0),
                .hash = textOrEmpty(object, "tx_hash"),
                .raw = textOrEmpty(object, "raw_tx"),
                .intent = textOrEmpty(object, "intent"),
                .replaces = {},
                .block = number(object, "since_block")};
  if (!chainId || !nonce || out.account.empty() || !isHash(out.hash) || !out.raw.starts_with("0x")) return std::nullopt;
  if (const Json* earlier = findMember(object, "replaces"); earlier && earlier->is_array()) {
    for (const Json& hash : *earlier) {
      if (hash.is_string()) out.replaces.push_back(hash.get<std::string>());
    }
  }
  return out;
}

constexpr const char* kSignedFields[] = {"address", "chain_id", "intent",      "nonce",
                                         "raw_tx",  "replaces", "since_block", "tx_hash"};

void addSigned(Json& line, const SignedRow& transaction) {
  line["address"] = transaction.account;
  line["chain_id"] = transaction.chainId;
  line["intent"] = transaction.intent;
  line["nonce"] = transaction.nonce;
  line["raw_tx"] = transaction.raw;
  line["tx_hash"] = transaction.hash;
  if (!transaction.replaces.empty()) line["replaces"] = transaction.replaces;
  if (transaction.block) line["since_block"] = *transaction.block;
}

}  // namespace

const char* name(Status status) { return kStatusNames[static_cast<std::size_t>(status)]; }

bool SignedRow::has(std::string_view other) const {
  return hash == other || std::ranges::find(replaces, other) != replaces.end();
}

std::optional<Row> parseRow(std::string_view line) {
  auto object = parseJson(line);
  if (!object || !object->is_object()) return std::nullopt;
  const auto status = statusFrom(textOrEmpty(*object, "status"));
  Row row{.step = takeText(*object, "step"), .status = status.value_or(Status::Skipped), .facts = nullptr};
  if (!status || row.step.empty()) return std::nullopt;
  object->erase("status");
  row.ts = takeText(*object, "ts");
  if (row.status == Status::Pending && !textOrEmpty(*object, "raw_tx").empty()) row.transaction = signedFrom(*object);
  if (row.transaction) {
    for (const char* field : kSignedFields) object->erase(field);
  }
  row.facts = std::move(*object);
  return row;
}

std::string_view findText(std::string_view line, std::string_view quotedName) {
  std::size_t at = line.find(quotedName);
  if (at == std::string_view::npos) return {};
  at = line.find_first_not_of(" :", at + quotedName.size());
  if (at == std::string_view::npos || line[at] != '"') return {};
  const std::size_t end = line.find('"', at + 1);
  return end == std::string_view::npos ? std::string_view() : line.substr(at + 1, end - at - 1);
}

std::string lineOf(const Row& row) {
  Json line = row.facts;
  if (row.transaction) addSigned(line, *row.transaction);
  line["step"] = row.step;
  line["status"] = name(row.status);
  line["ts"] = row.ts;
  return dumpSorted(line) + "\n";
}

}  // namespace peaqos::ledger
