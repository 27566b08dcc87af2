// SPDX-License-Identifier: Apache-2.0
#include "app/fleet/fleet_file.hpp"

#include <utility>

#include "app/events/records.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

// Of both generations: a line with columns of the other one is told which deployment takes them.
constexpr std::string_view kColumns[] = {
    "machine_key",           "wallet", "index",        "doc_url",      "data_api",     "visibility",
    "machine_type",          "tier",   "manufacturer", "did_document", "slippage_bps", "payment",
    "credential_subject_hex"};
constexpr std::size_t kLargestDocument = 16U << 20;

std::optional<std::string> column(const Record& record, const char* name) {
  const auto found = record.members.find(name);
  return found == record.members.end() ? std::nullopt : std::optional(found->second);
}

std::string wordsOf(const Error& error) { return error.message + (error.hint.empty() ? "" : ". " + error.hint); }

Task<std::string> documentAt(std::string path, host::Files& files) {
  try {
    co_return asText(co_await files.read(path, kLargestDocument));
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "did_document file", failure);
  }
}

}  // namespace

Task<std::unique_ptr<evm::Signer>> FleetFile::signerOf(const Record& record) {
  const auto file = column(record, "machine_key"), wallet = column(record, "wallet"), index = column(record, "index");
  if (!file && !wallet && !index) co_return nullptr;
  const bool one = file ? !wallet && !index : wallet && index;
  if (!one) {
    throw inputError("BAD_FIELD", "a machine is named by machine_key, or by wallet and index", "Give one of the two");
  }
  if (file) co_return co_await keys_.ofFile(*file);
  co_return co_await keys_.ofWallet(*wallet, *index);
}

Task<FleetLine> FleetFile::lineOf(Record record) {
  FleetLine line{.line = record.line,
                 .fields = {.docUrl = column(record, "doc_url"),
                            .dataApi = column(record, "data_api"),
                            .visibility = column(record, "visibility"),
                            .skipFunding = request_.skipFunding,
                            .machineType = column(record, "machine_type"),
                            .credentialSubject = column(record, "credential_subject_hex"),
                            .manufacturer = column(record, "manufacturer"),
                            .tier = column(record, "tier"),
                            .payment = column(record, "payment"),
                            .slippageBps = column(record, "slippage_bps")}};
  if (const auto path = column(record, "did_document")) {
    line.fields.didDocument = co_await documentAt(*path, caller_.host.files);
    line.fields.didDocumentSource = "did_document file '" + printable(*path) + "'";
  }
  line.signer = co_await signerOf(record);
  co_return line;
}

Task<void> FleetFile::read(FleetLines& lines, FleetResults& results) {
  FileSource source(caller_.host.files, request_.file);
  const auto format = request_.format ? request_.format : formatOf(request_.file);
  RecordReader records(source, format, kColumns, 0);
  Caller columns = caller_;
  columns.naming = Naming::Columns;
  while (auto record = co_await records.next()) {
    ++summary.lines;
    MachineResult result{.line = record->line, .status = LineStatus::Invalid, .reason = record->problem};
    try {
      if (result.reason.empty()) {
        FleetLine line = co_await lineOf(std::move(*record));
        if (const auto first = lines.take(std::move(line), columns, result)) {
          result.status = LineStatus::Duplicate;
          result.reason = "is the machine of line " + std::to_string(*first);
        }
      }
    } catch (const Error& error) {
      // A passphrase, say, is no matter of one line.
      const bool ofLine = error.kind == ErrorKind::Input || error.code == "BAD_PRIVATE_KEY";
      if (!ofLine) throw;
      result.reason = wordsOf(error);
    }
    if (result.reason.empty()) continue;
    ++(result.status == LineStatus::Duplicate ? summary.duplicates : summary.invalid);
    results.add(result);
  }
}

}  // namespace peaqos::app
