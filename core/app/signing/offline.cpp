// SPDX-License-Identifier: Apache-2.0
#include "app/signing/offline.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "app/events/event_target.hpp"
#include "app/events/known_event.hpp"
#include "app/signing/intent_lock.hpp"
#include "app/signing/session.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "evm/read_transaction.hpp"
#include "evm/sign_offline.hpp"
#include "host/conversation.hpp"
#include "host/file_error.hpp"
#include "peaq/decoded_call.hpp"
#include "peaq/preflight.hpp"
#include "peaq/reverts.hpp"
#include "peaq/v2/errors.hpp"

namespace peaqos::app {
namespace {

constexpr std::size_t kLargest = 1U << 20;
constexpr unsigned kPrivate = 0600;
constexpr std::uint64_t kVersion = 1;

// A file as it was read and checked. Everything but the two texts comes from its bytes.
struct TransactionFile {
  std::string path;
  std::string from;  // who is to sign, in the file's words
  std::optional<std::string> idempotencyKey;
  evm::Transaction transaction;
  peaq::DecodedCall call;
  std::optional<evm::ReadSigned> done = {};               // once it is signed
  peaq::Generation generation = peaq::Generation::First;  // of the registry that it calls

  evm::Intent intent() const {
    evm::Intent out{.step = kSubmitEventStep,
                    .to = transaction.to,
                    .value = transaction.value,
                    .data = transaction.data,
                    .function = call.function,
                    .arguments = call.arguments,
                    .identity = idempotencyKey.value_or(std::string())};
    const evm::U256 machine = call.machineId.value_or(evm::U256());
    const bool second = generation == peaq::Generation::Second;
    out.facts["machine_id"] = second ? Json(machine.toDecimal()) : evm::toJson(machine);
    if (idempotencyKey) out.facts[kIdempotencyKey] = *idempotencyKey;
    return out;
  }
};

Error badFile(const std::string& path, const std::string& problem) {
  return inputError("BAD_TRANSACTION_FILE", "file '" + printable(path) + "' " + problem,
                    "Prepare it anew with --unsigned");
}

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

Json resultOf(const TransactionFile& file, const evm::Address& from) {
  Json out{{"file", file.path}, {"from", evm::toChecksum(from)}};
  out.update(shown(file.transaction, file.call));
  return out;
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
  throw badFile(path, "has a member '" + std::string(name) + "' that is not a text");
}

void readSignature(TransactionFile& file, const std::string& text) {
  const auto bytes = fromHex(text);
  auto read = bytes ? evm::readSigned(*bytes) : std::nullopt;
  if (!read) throw badFile(file.path, "holds signed bytes that are no transaction");
  if (evm::unsignedPayload(read->transaction) != evm::unsignedPayload(file.transaction)) {
    throw badFile(file.path, "holds the signed bytes of another transaction");
  }
  if (evm::parseAddress(file.from) != read->sender) {
    throw badFile(file.path, "is signed by " + evm::toChecksum(read->sender) + ", not by " + printable(file.from));
  }
  file.done = std::move(*read);
}

TransactionFile parseFile(std::string path, std::string_view text) {
  constexpr std::array<std::string_view, 6> kMembers = {"version",    "from",     "idempotencyKey",
                                                        "forReaders", "unsigned", "signed"};
  const auto content = parseStrictJson(text);
  if (!content || !content->is_object()) throw badFile(path, "is no transaction of peaqos: it is not a JSON object");
  for (const auto& [name, value] : content->items()) {
    if (std::ranges::find(kMembers, name) == kMembers.end()) {
      throw badFile(path, "has an unknown member '" + printable(name) + "'");
    }
  }
  const Json* version = findMember(*content, "version");
  if (!version || toUint64(*version) != kVersion) throw badFile(path, "is not of version 1");
  const auto bytes = fromHex(textOrNull(*content, "unsigned", path).value_or(std::string()));
  auto transaction = bytes ? evm::readUnsigned(*bytes) : std::nullopt;
  if (!transaction) throw badFile(path, "holds no unsigned transaction");
  TransactionFile file{.path = std::move(path),
                       .from = textOrNull(*content, "from", path).value_or(std::string()),
                       .idempotencyKey = textOrNull(*content, "idempotencyKey", path),
                       .transaction = std::move(*transaction),
                       .call = {}};
  file.call = peaq::decodeCall(file.transaction.data);
  if (file.call.function != peaq::kSubmitEvent || file.transaction.value != evm::U256()) {
    throw badFile(file.path, "holds a transaction that is not the submission of an event");
  }
  if (const auto done = textOrNull(*content, "signed", file.path)) readSignature(file, *done);
  return file;
}

Task<TransactionFile> readFile(std::string path, host::Files& files) {
  try {
    const Bytes bytes = co_await files.read(path, kLargest);
    co_return parseFile(path, asText(bytes));
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "file", failure);
  }
}

// A file of another network, or for another registry, is not what this configuration is about.
void checkNetwork(TransactionFile& file, const Configuration& configuration) {
  if (const auto other = peaq::otherChain(file.transaction.chainId, configuration.network())) throw Error(*other);
  const peaq::DeploymentChoice choice = configuration.deployment();
  const evm::Address& called = file.transaction.to;
  std::optional<evm::Address> registry;
  if (choice.admits(peaq::Generation::Second)) {
    registry = configuration.roles(*peaq::findNetwork(choice.network().name, peaq::Generation::Second)).eventRegistry;
    file.generation = peaq::Generation::Second;
    if (registry == called) return;
  }
  if (choice.admits(peaq::Generation::First)) {
    registry = configuration.contracts().eventRegistry;
    file.generation = peaq::Generation::First;
    if (registry == called) return;
  }
  throw configurationError("OTHER_CONTRACT",
                           "file '" + printable(file.path) + "' calls " + evm::toChecksum(called) +
                               ", and the event registry is " + (registry ? evm::toChecksum(*registry) : "none"),
                           "Set PEAQOS_NETWORK, PEAQOS_DEPLOYMENT_ID or EVENT_REGISTRY_ADDRESS to what the file was "
                           "prepared for");
}

Task<void> writeNew(std::string path, std::string text, host::Files& files) {
  try {
    co_await files.createNew(path, asBytes(text), kPrivate);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "--unsigned file", failure);
  }
}

Task<void> overwrite(std::string path, std::string text, host::Files& files) {
  try {
    co_await files.replace(path, asBytes(text), kPrivate);
  } catch (const host::FileError& failure) {
    throw host::fileError(ErrorKind::Input, "file", failure);
  }
}

Json withHash(Json result, const Hash256& hash, bool earlier) {
  result["txHash"] = toHex0x(hash);
  result["earlier"] = earlier;
  return result;
}

}  // namespace

Task<Json> writeUnsignedEvent(SubmitEventRequest request, std::string path, Caller caller) {
  const auto session = co_await Session::open(caller);
  auto key = request.idempotencyKey;
  PreparedEvent prepared = co_await prepareEvent(std::move(request), caller, *session);
  if (key) {
    ledger::Ledger ledger = session->ledger();
    if (const auto known = co_await findByKey(ledger, *key, prepared.from, prepared.transaction.chainId)) {
      throw inputError("KEY_USED",
                       "this idempotency key was used before, for transaction " + known->pending.transaction->hash,
                       "Leave --unsigned out to see what became of it");
    }
  }
  peaq::DecodedCall call = peaq::decodeCall(prepared.transaction.data);
  const TransactionFile file{.path = std::move(path),
                             .from = evm::toChecksum(prepared.from),
                             .idempotencyKey = std::move(key),
                             .transaction = std::move(prepared.transaction),
                             .call = std::move(call)};
  co_await writeNew(file.path, contentOf(file), caller.host.files);
  co_return resultOf(file, prepared.from);
}

Task<std::optional<Json>> signFile(std::string path, bool yes, Caller caller) {
  TransactionFile file = co_await readFile(std::move(path), caller.host.files);
  const auto session = co_await Session::open(caller);
  checkNetwork(file, session->configuration);
  const std::unique_ptr<evm::Signer> signer = co_await session->signer();
  if (evm::parseAddress(file.from) != signer->address()) {
    throw configurationError("WRONG_SIGNER",
                             "file '" + printable(file.path) + "' is to be signed by " + printable(file.from) +
                                 ", and the configured signer is " + evm::toChecksum(signer->address()),
                             "Set PEAQOS_OWS_WALLET or PEAQOS_PRIVATE_KEY to that account");
  }
  Json result = resultOf(file, signer->address());
  if (file.done) co_return withHash(std::move(result), file.done->hash, true);
  Json facts = result;
  facts["currency"] = session->configuration.network().currency;
  caller.conversation.progress({.name = "offline_transaction", .state = "shown", .facts = facts});
  if (!yes) {
    host::Question question{.name = "sign_offline",
                            .text = "Sign this transaction?",
                            .instead = "Use " + caller.fieldName("yes"),
                            .facts = std::move(facts)};
    if (!co_await host::confirm(caller.conversation, std::move(question))) co_return std::nullopt;
  }
  ledger::Ledger ledger = session->ledger();
  const evm::SignedTransaction bytes = co_await evm::signOffline(
      ledger, session->guard(ledger),
      {.step = kSubmitEventStep, .machine = {}, .from = signer->address(), .transaction = file.transaction}, *signer);
  file.done = evm::readSigned(bytes.raw);
  co_await overwrite(file.path, contentOf(file), caller.host.files);
  co_return withHash(std::move(result), bytes.hash, false);
}

Task<Json> sendFile(std::string path, Caller caller) {
  TransactionFile file = co_await readFile(std::move(path), caller.host.files);
  if (!file.done) {
    throw inputError("NOT_SIGNED", "file '" + printable(file.path) + "' is not signed",
                     "Sign it: peaqos sign " + printable(file.path));
  }
  const auto session = co_await Session::open(caller);
  checkNetwork(file, session->configuration);
  const evm::Address from = file.done->sender;
  const std::string hash = toHex0x(file.done->hash);
  const IntentLock lock = co_await lockIntent(caller, session->configuration, "send " + hash);
  evm::RpcClient rpc = session->rpc();
  ledger::Ledger ledger = session->ledger();
  if (file.idempotencyKey) {
    const auto known = co_await findByKey(ledger, *file.idempotencyKey, from, file.transaction.chainId);
    if (known && !known->pending.transaction->has(hash)) {
      throw inputError("KEY_USED", "the idempotency key of the file was used for another transaction, " +
                                       known->pending.transaction->hash + "; nothing was sent");
    }
  }
  evm::Outbox outbox = session->outbox(rpc, ledger, {}, eventErrors(file.generation));
  outbox.useChain(file.transaction.chainId);
  std::optional<evm::RevertError> reverted;
  try {
    evm::Mined mined = co_await outbox.sendSigned(file.intent(), *file.done);
    const bool earlier = mined.earlier;
    if (!mined.recorded) co_await outbox.confirm(mined, file.intent().facts);
    co_return withHash(resultOf(file, from), file.done->hash, earlier);
  } catch (const evm::RevertError& error) {
    reverted = error;
  }
  if (file.generation == peaq::Generation::Second) throw peaq::v2::errorFrom(*reverted, "the event");
  throw networkError(reverted->code, "the event was refused: " + peaq::meaningOf(*reverted),
                     peaq::hintFor(reverted->revert));
}

}  // namespace peaqos::app
