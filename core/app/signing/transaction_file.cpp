// SPDX-License-Identifier: Apache-2.0
#include "app/signing/transaction_file.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "host/file_error.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kLargest = 1U << 20;
constexpr unsigned kPrivate = 0600;
constexpr std::uint64_t kVersion = 1;

// What a transaction does, for people and programs.
Json shown(const evm::Transaction& transaction, const peaq::DecodedCall& call) {
  return {{"chainId", transaction.chainId},
          {"nonce", transaction.nonce},
          {"to", evm::toChecksum(transaction.to)},
          {"valueWei", transaction.value.toDecimal()},
          {"feeWei", evm::feeOf(transaction).toDecimal()},
          {"function", call.function},
          {"arguments", call.arguments}};
}

std::string contentOf(const TransactionFile& file) {
  Json content{{"version", kVersion},
               {"from", file.from},
               {"idempotencyKey", file.idempotencyKey ? Json(*file.idempotencyKey) : Json(nullptr)},
               {"forReaders", shown(file.transaction, file.call)},
               {"unsigned", toHex0x(evm::unsignedPayload(file.transaction))},
               {"signed", nullptr}};
  if (file.done) content["signed"] = toHex0x(evm::attachSignature(file.transaction, file.done->signature).raw);
  return dumpJson(content, 2) + "\n";
}

std::optional<std::string> textOrNull(const Json& content, const char* name, const std::string& path) {
  const Json* member = findMember(content, name);
  if (!member || member->is_null()) return std::nullopt;
  if (member->is_string()) return member->get<std::string>();
  throw badTransactionFile(path, "has a member '" + std::string(name) + "' that is not a text");
}

void readSignature(TransactionFile& file, const std::string& text) {
  const auto bytes = fromHex(text);
  auto read = bytes ? evm::readSigned(*bytes) : std::nullopt;
  if (!read) throw badTransactionFile(file.path, "holds signed bytes that are no transaction");
  if (evm::unsignedPayload(read->transaction) != evm::unsignedPayload(file.transaction)) {
    throw badTransactionFile(file.path, "holds the signed bytes of another transaction");
  }
  if (evm::parseAddress(file.from) != read->sender) {
    throw badTransactionFile(file.path,
                             "is signed by " + evm::toChecksum(read->sender) + ", not by " + printable(file.from));
  }
  file.done = std::move(*read);
}

}  // namespace

Error badTransactionFile(const std::string& path, const std::string& problem) {
  return inputError("BAD_TRANSACTION_FILE", "file '" + printable(path) + "' " + problem,
                    "Prepare it anew with --unsigned");
}

Json TransactionFile::describe(const evm::Address& signer) const {
  Json out{{"file", path}, {"from", evm::toChecksum(signer)}};
  out.update(shown(transaction, call));
  return out;
}

TransactionFile parseTransactionFile(std::string path, std::string_view text) {
  constexpr std::array<std::string_view, 6> kMembers = {"version",    "from",     "idempotencyKey",
                                                        "forReaders", "unsigned", "signed"};
  const auto content = parseStrictJson(text);
  if (!content || !content->is_object())
    throw badTransactionFile(path, "is no transaction of peaqos: it is not a JSON object");
  for (const auto& [name, value] : content->items()) {
    if (std::ranges::find(kMembers, name) == kMembers.end()) {
      throw badTransactionFile(path, "has an unknown member '" + printable(name) + "'");
    }
  }
  const Json* version = findMember(*content, "version");
  if (!version || toUint64(*version) != kVersion) throw badTransactionFile(path, "is not of version 1");
  const auto bytes = fromHex(textOrNull(*content, "unsigned", path).value_or(std::string()));
  auto transaction = bytes ? evm::readUnsigned(*bytes) : std::nullopt;
  if (!transaction) throw badTransactionFile(path, "holds no unsigned transaction");
  TransactionFile file{.path = std::move(path),
                       .from = textOrNull(*content, "from", path).value_or(std::string()),
                       .idempotencyKey = textOrNull(*content, "idempotencyKey", path),
                       .transaction = std::move(*transaction),
                       .call = {}};
  file.call = peaq::decodeCall(file.transaction.data);
  if (const auto done = textOrNull(*content, "signed", file.path)) readSignature(file, *done);
  return file;
}

Task<TransactionFile> readTransactionFile(std::string path, host::Files& files) {
  try {
    const Bytes bytes = co_await files.read(path, kLargest);
    co_return parseTransactionFile(path, asText(bytes));
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "file", failure);
  }
}

Task<void> createTransactionFile(const TransactionFile& file, host::Files& files) {
  const std::string text = contentOf(file);
  try {
    co_await files.createNew(file.path, asBytes(text), kPrivate);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "--unsigned file", failure);
  }
}

Task<void> replaceTransactionFile(const TransactionFile& file, host::Files& files) {
  const std::string text = contentOf(file);
  try {
    co_await files.replace(file.path, asBytes(text), kPrivate);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "file", failure);
  }
}

}  // namespace peaqos::app
