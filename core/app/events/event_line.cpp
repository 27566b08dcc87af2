// SPDX-License-Identifier: Apache-2.0
#include "app/events/event_line.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/events/event_check.hpp"
#include "base/error.hpp"
#include "crypto/keccak.hpp"
#include "evm/intent.hpp"
#include "evm/rlp.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

constexpr std::string_view kColumns[] = {"machine_id", "type",         "value",     "ts",       "currency",
                                         "trust",      "source_chain", "source_tx", "raw_data", "metadata",
                                         "data_hash",  "metadata_hex", "id"};
constexpr std::size_t kLargestFile = 64U << 20;
constexpr std::size_t kLargestCall = 64U << 10;  // nodes take no transaction above 128 KiB

// The members of a record, as a request takes them.
class Columns {
 public:
  Columns(const Record& record, host::Files& files) : record_(record), files_(files) {}

  std::optional<std::string> find(const std::string& name) const {
    const auto found = record_.members.find(name);
    return found == record_.members.end() ? std::nullopt : std::optional(found->second);
  }

  std::string require(const std::string& name) const {
    if (auto value = find(name)) return std::move(*value);
    throw inputError("MISSING_FIELD", name + " is missing");
  }

  Task<std::optional<Bytes>> file(std::string name) const {
    const auto path = find(name);
    if (!path) co_return std::nullopt;
    try {
      co_return co_await files_.read(*path, kLargestFile);
    } catch (const host::FileError& failure) {
      throw host::fileError(ErrorKind::Input, name + " file", failure);
    }
  }

  std::optional<Bytes> hex(const std::string& name) const {
    const auto text = find(name);
    if (!text) return std::nullopt;
    if (auto bytes = fromHex(*text)) return bytes;
    throw inputError("BAD_FIELD", name + " is not hexadecimal", "Give an even number of digits");
  }

 private:
  const Record& record_;
  host::Files& files_;
};

Task<SubmitEventRequest> requestOf(const Record& record, host::Files& files) {
  const Columns columns(record, files);
  SubmitEventRequest request{.machineId = columns.require("machine_id"),
                             .type = columns.require("type"),
                             .value = columns.require("value"),
                             .ts = columns.require("ts"),
                             .currency = columns.find("currency"),
                             .trust = columns.find("trust").value_or("self"),
                             .sourceChain = columns.find("source_chain").value_or("same"),
                             .sourceTx = columns.find("source_tx"),
                             .rawData = {},
                             .metadata = {},
                             .dataHash = columns.find("data_hash"),
                             .idempotencyKey = columns.find("id")};
  const auto hex = columns.hex("metadata_hex");
  if (hex && columns.find("metadata")) {
    throw inputError("BAD_FIELD", "metadata_hex does not go with metadata", "Give one of them");
  }
  request.rawData = co_await columns.file("raw_data");
  const auto metadata = co_await columns.file("metadata");
  request.metadata = hex ? *hex : metadata.value_or(Bytes());
  co_return request;
}

std::string wordsOf(const Error& error) { return error.message + (error.hint.empty() ? "" : ". " + error.hint); }

LineKey firstHalf(const Hash256& hash) {
  LineKey key{};
  std::ranges::copy_n(hash.begin(), key.size(), key.begin());
  return key;
}

}  // namespace

std::span<const std::string_view> eventColumns() { return kColumns; }

Task<EventLine> readEventLine(Record record, Caller caller) {
  EventLine line{.number = record.line, .problem = record.problem};
  const auto id = record.members.find("id");
  if (id != record.members.end()) line.id = id->second;
  if (!line.problem.empty()) co_return line;
  caller.naming = Naming::Columns;
  try {
    SubmitEventRequest request = co_await requestOf(record, caller.host.files);
    const peaq::Event event = checkEvent(request, caller);
    line.machineId = event.machineId;
    line.value = event.value;
    line.currency = event.currency;
    line.call = peaq::submitEventCalldata(event);
    if (line.call.size() > kLargestCall) line.problem = "the event is too large for a transaction";
  } catch (const Error& error) {
    if (error.kind != ErrorKind::Input) throw;
    line.problem = wordsOf(error);
  }
  co_return line;
}

LineKey keyOf(const EventLine& line, std::uint64_t chainId, const evm::Address& signer, const evm::Address& registry) {
  if (!line.id.empty()) return keyOfId(line.id, chainId, signer);
  const evm::Intent intent{.step = {}, .to = registry, .value = {}, .data = line.call};
  return firstHalf(*fromHexExactly<32>(evm::intentHash(intent, chainId, signer)));
}

LineKey keyOfId(const std::string& id, std::uint64_t chainId, const evm::Address& signer) {
  return firstHalf(crypto::keccak256(
      evm::rlpList({evm::rlpInteger(chainId), evm::rlpBytes(signer.bytes), evm::rlpBytes(asBytes(id))})));
}

}  // namespace peaqos::app
